export type { BlockAccess, Change, EnvironmentField, TransactionAccess } from './access/block-access.ts';
export {
  type AccountField,
  accountKey,
  parseStateKey,
  type StateKey,
  type StateKeyParts,
  slotKey,
} from './access/state-key.ts';
export { checkBudget, type Verdict } from './budget/check-budget.ts';
export { type Limit, parseLimit } from './budget/limit.ts';
export {
  ParallelError,
  type ParallelErrorCode,
  type ParallelErrorOptions,
  type ParallelFault,
} from './errors.ts';
export { buildConflictGraph, type ConflictEdge, type ConflictGraph } from './graph/conflict-graph.ts';
export { type ConflictRule, FORGIVING, type Footprint, IN_PLACE, STRICT } from './graph/conflict-rule.ts';
export { boundOf, type CriticalPath, findCriticalPath } from './graph/critical-path.ts';
export { findHotKeys, type HotKey } from './graph/hot-keys.ts';
export { matchCode } from './name/code/match-code.ts';
export { createNamer, type NamerOptions } from './name/create-namer.ts';
export { gatherNameFacts, type NameFacts } from './name/gather-name-facts.ts';
export type { KeyName, NameOf, SlotPart } from './name/key-name.ts';
export type { PackedSeed } from './name/known/packed-seed.ts';
export type { Layout } from './name/layout/layout.ts';
export { type ReadLayoutsOptions, readLayouts } from './name/layout/read-layouts.ts';
export type { Candidates } from './name/slot/dictionary.ts';
export { shortHex } from './name/text/short-hex.ts';
export {
  type AnalyzeOptions,
  type BlockReport,
  type PathStep,
  reportBlock,
  type Simulation,
  simulate,
} from './report/block-report.ts';
export { type FalseSharing, findFalseSharing } from './report/false-sharing.ts';
export { findHotVariables, type HotVariable } from './report/hot-variables.ts';
export { renderBlockHtml } from './report/html/render-block-html.ts';
export { renderRangeHtml } from './report/html/render-range-html.ts';
export { type BlockLine, type RangeReport, RangeTotals, type RangeVariable } from './report/range-report.ts';
export { renderBlockText, renderRangeText, renderSimulations } from './report/render-text.ts';
export { blockReportSchema, rangeReportSchema } from './report/report-schema.ts';
export { boundWithout, findVariableKeys } from './report/what-if.ts';
export { listSchedule } from './schedule/list-schedule.ts';
export { parseRuleName, RULE_NAMES, type RuleName, SCHEDULERS } from './schedule/rules.ts';
export type { Run, Schedule, Scheduler } from './schedule/schedule.ts';
export { createAccessListSource } from './source/access-list/access-list-source.ts';
export type { AccessSource, ReadBlockOptions, ReadProgress, SourceName } from './source/access-source.ts';
export { createBlockAccessListSource } from './source/block-access-list/block-access-list-source.ts';
export { type DetectedSource, type DetectSourceOptions, detectSource } from './source/detect-source.ts';
export { createHttpRpc, type HttpRpcOptions } from './source/http/create-http-rpc.ts';
export { createReplaySource } from './source/replay/replay-source.ts';
export type { Rpc } from './source/rpc.ts';
export { createStructLogSource } from './source/struct-logs/struct-log-source.ts';
export { createJavaScriptSource } from './source/tracers/javascript-source.ts';
export { createPrestateSource } from './source/tracers/prestate-source.ts';
