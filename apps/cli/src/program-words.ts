/** What the help says of groups of commands, by their path. */
export const groups: Readonly<Record<string, { about: string; after?: string }>> = {
  '': {
    about: '',
    after: `Start here:
  $ millrace dev up                          a chain on this machine, with markets and money
  $ millrace market list
  $ millrace lend supply 1000 USDC --as alice
  $ millrace position show --as alice

In a clone of the repository: alias millrace='npm run -s millrace --'

Exit codes: 0 done · 1 yours to mend (balance, key, configuration) · 2 wrong command line ·
3 the node did not answer · 4 the contracts refused · 130 Ctrl-C`,
  },
  dev: { about: 'A chain on this machine: start, look, refill, move prices' },
  market: { about: 'Markets: what there is, on what terms' },
  lend: { about: 'Supply, withdraw, borrow, repay, and the collateral behind it' },
  'lend collateral': { about: 'What backs your debt' },
  position: { about: 'What somebody has and owes, now and after a shock' },
  liquidate: { about: 'Positions that are due, once or for ever' },
  job: { about: 'Work for rented machines: order it, watch it, write your own' },
  offer: { about: 'Machines that can be rented, and who is best for a job' },
  channel: { about: 'Deposits for nodes: open by themselves, closed when you want the rest back' },
  node: { about: 'Make this machine earn: measure, sell, get paid' },
  oracle: { about: 'Where prices come from and how fresh they are' },
  parallel: { about: 'What makes the transactions of a block wait for each other, on any chain' },
  key: { about: 'Keys, encrypted in files' },
};

/** Taken by every command. */
export const globalOptions: readonly (readonly [flags: string, about: string])[] = [
  ['--json', 'one JSON document on stdout, errors as JSON on stderr'],
  ['--rpc <url>', 'the node to talk to (MILLRACE_RPC); default: the local chain'],
  ['--chain <id>', 'refuse any other chain (MILLRACE_CHAIN)'],
  ['--deployment <file>', 'where the contracts are (MILLRACE_DEPLOYMENT)'],
  ['--market <market>', 'symbol, name or address (MILLRACE_MARKET)'],
  ['--state <folder>', 'files of the local chain (MILLRACE_HOME); default: ./.millrace'],
  ['--config <file>', 'settings (MILLRACE_CONFIG); default: ./millrace.config.json'],
  ['--timeout <seconds>', 'patience with the node (MILLRACE_TIMEOUT); default: 15'],
];
