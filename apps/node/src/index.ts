export { loadAccount } from './config/load-account.ts';
export { checkConfig, loadConfig } from './config/load-config.ts';
export type { NodeConfig, NodeConfigInput } from './config/schema.ts';
export { ConfigError, NodeError } from './errors.ts';
export { createLog, type Log } from './log.ts';
export { type RunningNode, type StartNodeOptions, startNode } from './node.ts';
