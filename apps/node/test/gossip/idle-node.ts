// A process that exchanges asks and does nothing else: prints how much memory it takes, in MiB.
import { openAskBook } from '../../src/gossip/open-ask-book.ts';
import { openAskExchange } from '../../src/gossip/open-ask-exchange.ts';
import { createSeller, domain } from './seller.ts';

const seller = await createSeller();
const options = { domain, publish: () => seller.ask(), everySeconds: 1 };
const exchange =
  process.argv[2] === 'gossip'
    ? await openAskExchange({
        ...options,
        listen: ['/ip4/127.0.0.1/tcp/0'],
        bootstrap: [],
        sessionSecret: seller.secret,
      })
    : openAskBook({ ...options, urls: [] });
setTimeout(async () => {
  globalThis.gc?.();
  process.stdout.write(`${Math.round(process.memoryUsage().rss / 2 ** 20)}\n`);
  await exchange.close();
}, 3_000);
