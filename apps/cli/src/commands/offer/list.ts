import { parseJobSpec } from '@millrace/protocol/compute';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { dismissalData, offerData, renderOffers } from '../../figures/offer-data.ts';
import { lookAround } from '../../rent/look-around.ts';
import { findOptions, readNodeUrls, readPreference } from '../../rent/rent-options.ts';

/** Any machine can do it: so every offer that holds fits. */
const NOTHING = parseJobSpec({
  version: 1,
  module: 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku',
  fuel: 1n,
  timeMilliseconds: 1,
  memoryPages: 1,
  outputBytes: 0,
  needs: { priceCap: 2n ** 128n },
});

export const offerList = defineCommand({
  path: 'offer list',
  summary: 'The machines that can be rented now',
  details:
    'Every offer is signed by its node and a minute old at most. “An hour” is what an hour of work of one slot costs at most.',
  options: findOptions,
  examples: ['offer list', 'offer list --prefer cheap --json', 'offer list --node http://127.0.0.1:7070'],
  run: async (session, { options }) => {
    const prefer = readPreference(options.prefer);
    const nodes = readNodeUrls(options.node);
    const opened = await openCompute(session);
    const { ranked, dismissed } = await lookAround(session, opened, nodes, (renter) =>
      renter.findOffers(NOTHING, { prefer }),
    );
    const offers = ranked.map(({ offer }) => offer);
    const { token } = opened.compute;
    const text =
      offers.length > 0
        ? renderOffers(offers, token)
        : 'Nobody offers a machine now. Make one a node: `millrace node init`, `millrace node start`.';
    return {
      data: {
        symbol: token.symbol,
        decimals: token.decimals,
        offers: offers.map(offerData),
        dismissed: dismissed.map(dismissalData),
      },
      text,
    };
  },
});
