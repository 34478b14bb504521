import { type BenchChain, DEPLOYER } from '../../chain/bench-chain.ts';
import { compileStandIn } from '../../compile/compile-stand-ins.ts';
import { Deployment } from '../deployment.ts';
import type { LendingProtocol } from '../lending-protocol.ts';
import { FLASH_FUNDS, LIQUIDATION_LTV_BPS, PRICE, WAD } from '../numbers.ts';
import { deployToken, describeTokens, mint } from '../tokens.ts';
import { morphoAbi } from './morpho-abis.ts';
import { compileMorpho } from './morpho-contracts.ts';
import { morphoProtocol, PRICE_SCALE } from './morpho-protocol.ts';

/** It has one limit, for borrowing and liquidation alike. */
const LLTV = (LIQUIDATION_LTV_BPS * WAD) / 10_000n;
const FEE = WAD / 10n;
const FEE_RECIPIENT = '0x00000000000000000000000000000000000feeee';

/** Morpho Blue with one market, a fee, and the rate model of its own tests, which reads no storage. */
export async function deployMorpho(chain: BenchChain): Promise<LendingProtocol> {
  const contracts = compileMorpho();
  const d = new Deployment(chain);
  const loanToken = await deployToken(chain, 'A');
  const collateralToken = await deployToken(chain, 'B');
  const morpho = await d.deploy('Morpho', contracts.morpho, [DEPLOYER]);
  const irm = await d.deploy('IrmMock', contracts.irm);
  const oracle = await d.deploy('MorphoOracle', compileStandIn('MorphoOracle'), [PRICE * PRICE_SCALE]);
  const params = { loanToken, collateralToken, oracle, irm, lltv: LLTV };
  await d.send(morpho, morphoAbi, 'enableIrm', [irm]);
  await d.send(morpho, morphoAbi, 'enableLltv', [LLTV]);
  await d.send(morpho, morphoAbi, 'createMarket', [params]);
  await d.send(morpho, morphoAbi, 'setFee', [params, FEE]);
  await d.send(morpho, morphoAbi, 'setFeeRecipient', [FEE_RECIPIENT]);
  const flashReceiver = await d.deploy('FlashReceiver', compileStandIn('FlashReceiver'), [morpho, loanToken]);
  await chain.mine([mint(loanToken, flashReceiver, FLASH_FUNDS)]);
  const market = { morpho, params, flashReceiver };
  return morphoProtocol(chain, market, async () => describeTokens(d.description, loanToken, collateralToken));
}
