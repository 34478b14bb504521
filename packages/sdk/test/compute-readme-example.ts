import { channelSalt, computeDue, signingDomain } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import {
  createPayeeVoucherBook,
  createPayerVoucherBook,
  openChannel,
  redeemVoucher,
  signVoucher,
} from '../src/compute/index.ts';
import type { SdkClient } from '../src/index.ts';

/** Pays a node 1,000 base units for a million units of fuel, while it works; both sides in one program. */
export async function payWhileWorking(options: {
  payer: SdkClient;
  node: SdkClient;
  addresses: { payer: Hex; node: Hex; token: Hex; channels: Hex };
}) {
  const { payer, node, addresses } = options;
  const { token, channels } = addresses;
  const key = { payer: addresses.payer, payee: addresses.node, token, salt: channelSalt(0n, 1n) };
  const deposit = 10_000n;
  await openChannel(payer, { channels, key, deposit });

  const domain = signingDomain('channels', { chainId: 31337, contract: channels });
  const mine = createPayerVoucherBook({ key, deposit });
  const theirs = createPayeeVoucherBook({ key, deposit, domain, cap: 300n });

  const price = { perFuelWad: 10n ** 15n, perSecondWad: 0n, perJob: 0n };
  for (let fuel = 250_000n; fuel <= 1_000_000n; fuel += 250_000n) {
    const work = { fuel, microseconds: 0n, jobs: 1n };
    if (theirs.work(computeDue(work, price, 'down')).isExceeded) throw new Error('The payer has gone.');
    const voucher = mine.promise(computeDue(work, price, 'up'));
    await theirs.accept(await signVoucher(payer, { channels, ...voucher }));
  }
  if (theirs.best) await redeemVoucher(node, { channels, voucher: theirs.best });
}
