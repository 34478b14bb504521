export { mergeRisk, type RiskReport } from './merge-risk.ts';
export {
  HISTORIES,
  type HistoryName,
  loadHistory,
  type PriceHistory,
  parseHistory,
} from './price-history.ts';
export { type RiskShare, readShare } from './read-share.ts';
export { RiskError } from './risk-error.ts';
export { type RiskJob, riskJob, riskModule } from './risk-job.ts';
export type { RiskPlan } from './risk-plan.ts';
export { type RiskPiece, splitRisk } from './split-risk.ts';
