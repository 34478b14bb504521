import { getNode, registerNode } from '@millrace/sdk/compute';
import { type Core, endpointOf } from '../core.ts';

/** Says on chain where this node answers, when the chain says otherwise. */
export async function registerWhenNew(core: Core): Promise<void> {
  const { config, client, sender } = core;
  const registry = config.contracts.nodeRegistry;
  const said = await getNode(client, { registry, node: core.account.address });
  const profile = { endpoint: endpointOf(core), region: config.region, energy: config.energy };
  const isSame =
    said !== undefined &&
    said.endpoint === profile.endpoint &&
    said.region === profile.region &&
    said.energy === profile.energy;
  if (isSame) return;
  const { hash } = await sender.inTurn(() => registerNode(client, { registry, ...profile }));
  core.log.info({ hash, ...profile }, 'registered');
}
