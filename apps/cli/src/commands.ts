import type { AnyCommand } from './command.ts';
import { channelClose } from './commands/channel/close.ts';
import { channelList } from './commands/channel/list.ts';
import { channelOpen } from './commands/channel/open.ts';
import { channelTopUp } from './commands/channel/top-up.ts';
import { checkpointCommand } from './commands/checkpoint.ts';
import { devAccounts } from './commands/dev/accounts.ts';
import { devDown } from './commands/dev/down.ts';
import { devFund } from './commands/dev/fund.ts';
import { devPrice } from './commands/dev/price.ts';
import { devReset } from './commands/dev/reset.ts';
import { devServe } from './commands/dev/serve.ts';
import { devStatus } from './commands/dev/status.ts';
import { devUp } from './commands/dev/up.ts';
import { devWait } from './commands/dev/wait.ts';
import { doctor } from './commands/doctor.ts';
import { jobAttend } from './commands/job/attend.ts';
import { jobCreate } from './commands/job/create.ts';
import { jobList } from './commands/job/list.ts';
import { jobLogs } from './commands/job/logs.ts';
import { jobNew } from './commands/job/new.ts';
import { jobResult } from './commands/job/result.ts';
import { jobRun } from './commands/job/run.ts';
import { jobShow } from './commands/job/show.ts';
import { jobStop } from './commands/job/stop.ts';
import { keyImport } from './commands/key/import.ts';
import { keyList } from './commands/key/list.ts';
import { keyNew } from './commands/key/new.ts';
import { lendBorrow } from './commands/lend/borrow.ts';
import { lendCollateralAdd } from './commands/lend/collateral-add.ts';
import { lendCollateralRemove } from './commands/lend/collateral-remove.ts';
import { lendRepay } from './commands/lend/repay.ts';
import { lendSupply } from './commands/lend/supply.ts';
import { lendWithdraw } from './commands/lend/withdraw.ts';
import { liquidateBot } from './commands/liquidate/bot.ts';
import { liquidateList } from './commands/liquidate/list.ts';
import { liquidateRun } from './commands/liquidate/run.ts';
import { marketList } from './commands/market/list.ts';
import { marketShow } from './commands/market/show.ts';
import { marketWatch } from './commands/market/watch.ts';
import { nodeBenchmark } from './commands/node/benchmark.ts';
import { nodeDrain } from './commands/node/drain.ts';
import { nodeEarnings } from './commands/node/earnings.ts';
import { nodeInit } from './commands/node/init.ts';
import { nodeRotate } from './commands/node/rotate.ts';
import { nodeStart } from './commands/node/start.ts';
import { nodeStatus } from './commands/node/status.ts';
import { nodeStop } from './commands/node/stop.ts';
import { nodeWithdraw } from './commands/node/withdraw.ts';
import { offerCompare } from './commands/offer/compare.ts';
import { offerList } from './commands/offer/list.ts';
import { oracleShow } from './commands/oracle/show.ts';
import { parallelAnalyze } from './commands/parallel/analyze.ts';
import { parallelCheck } from './commands/parallel/check.ts';
import { parallelGraph } from './commands/parallel/graph.ts';
import { parallelReport } from './commands/parallel/report.ts';
import { parallelSchema } from './commands/parallel/schema.ts';
import { parallelSimulate } from './commands/parallel/simulate.ts';
import { parallelWhatIf } from './commands/parallel/what-if.ts';
import { positionShow } from './commands/position/show.ts';
import { positionSimulate } from './commands/position/simulate.ts';

/** Every verb, in the order of the help. */
export const commands: readonly AnyCommand[] = [
  devUp,
  devDown,
  devStatus,
  devReset,
  devAccounts,
  devFund,
  devPrice,
  devWait,
  devServe,
  marketList,
  marketShow,
  marketWatch,
  lendSupply,
  lendWithdraw,
  lendBorrow,
  lendRepay,
  lendCollateralAdd,
  lendCollateralRemove,
  positionShow,
  positionSimulate,
  liquidateList,
  liquidateRun,
  liquidateBot,
  checkpointCommand,
  offerList,
  offerCompare,
  jobRun,
  jobCreate,
  jobList,
  jobShow,
  jobLogs,
  jobStop,
  jobResult,
  jobNew,
  jobAttend,
  channelList,
  channelOpen,
  channelTopUp,
  channelClose,
  nodeInit,
  nodeStart,
  nodeStatus,
  nodeEarnings,
  nodeWithdraw,
  nodeDrain,
  nodeRotate,
  nodeStop,
  nodeBenchmark,
  oracleShow,
  parallelAnalyze,
  parallelGraph,
  parallelSimulate,
  parallelWhatIf,
  parallelReport,
  parallelCheck,
  parallelSchema,
  doctor,
  keyNew,
  keyImport,
  keyList,
];
