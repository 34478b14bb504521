import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { marketAbi } from '@millrace/protocol/contracts/market';
import { mockOracleAbi } from '@millrace/protocol/contracts/mock-oracle';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import type { Call } from '@millrace/protocol/market';
import {
  type Address,
  decodeErrorResult,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  parseAbi,
  slice,
} from 'viem';
import type { OpenMarket } from './open-market.ts';
import { type Effect, type Step, text } from './step.ts';

const FOREIGN = parseAbi([
  'error TransferFromFailed()',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error Panic(uint256 code)',
]);
const ERRORS = [...marketAbi, ...iMarketAbi, ...FOREIGN].filter(({ type }) => type === 'error');
const GAS = '0x1c9c380';

type Trace = { output?: Hex; error?: string };

/** Runs a step in a block of its own, at the step's time, and says what the transaction returned. */
export async function applyToChain(deployed: OpenMarket, step: Step): Promise<Effect> {
  const { rpc } = deployed;
  const { to, data } = transactionOf(deployed, step);
  const hash = await rpc.send<Hex>('eth_sendTransaction', { from: step.sender, to, data, gas: GAS });
  await rpc.send('evm_mine', Number(step.time));
  const options = { tracer: 'callTracer', tracerConfig: { onlyTopCall: true } };
  const trace = await rpc.send<Trace>('debug_traceTransaction', hash, options);
  const output = trace.output ?? '0x';
  if (trace.error !== undefined) return { ok: false, refusal: refusalOf(output, trace.error) };
  return { ok: true, result: text(resultOf(step, output)) };
}

function transactionOf(deployed: OpenMarket, { action, sender }: Step): { to: Address; data: Hex } {
  const { market, tokens, oracles } = deployed;
  const abi = iMarketAbi;
  switch (action.kind) {
    case 'call':
      return { to: market, data: encodeCall(deployed, sender, action.call) };
    case 'multicall':
      return { to: market, data: encodeMulticall(deployed, sender, action.calls) };
    case 'pause':
      return {
        to: market,
        data: encodeFunctionData({ abi, functionName: 'pause', args: [action.durationSeconds] }),
      };
    case 'unpause':
      return { to: market, data: encodeFunctionData({ abi, functionName: 'unpause' }) };
    case 'price': {
      const args = [action.quote.bid, action.quote.ask] as const;
      return {
        to: oracles[action.index] ?? '0x',
        data: encodeFunctionData({ abi: mockOracleAbi, functionName: 'setQuote', args }),
      };
    }
    case 'donate': {
      const till = deployed.tills[action.till] ?? '0x';
      return {
        to: tokens[action.token] ?? '0x',
        data: encodeFunctionData({
          abi: mockTokenAbi,
          functionName: 'transfer',
          args: [till, action.amount],
        }),
      };
    }
  }
}

function encodeMulticall(deployed: OpenMarket, sender: Address, calls: readonly Call[]): Hex {
  const args = [calls.map((call) => encodeCall(deployed, sender, call))] as const;
  return encodeFunctionData({ abi: iMarketAbi, functionName: 'multicall', args });
}

/** The calldata of a call. */
function encodeCall(deployed: OpenMarket, sender: Address, call: Call): Hex {
  const abi = iMarketAbi;
  const route = 'route' in call ? (call.route ?? 0n) : 0n;
  const index = 'index' in call ? BigInt(call.index) : 0n;
  switch (call.kind) {
    case 'supply':
      return encodeFunctionData({
        abi,
        functionName: 'supply',
        args: [call.assets, call.owner, route, '0x'],
      });
    case 'mint':
      return encodeFunctionData({ abi, functionName: 'mint', args: [call.shares, call.owner] });
    case 'withdraw': {
      const args = [call.assets, call.receiver, call.owner, route] as const;
      return encodeFunctionData({ abi, functionName: 'withdraw', args });
    }
    case 'redeem': {
      const args = [call.shares, call.receiver, call.owner, route] as const;
      return encodeFunctionData({ abi, functionName: 'redeem', args });
    }
    case 'supplyCollateral': {
      // The lean form does the same where it applies.
      if (route === 0n && call.owner === sender) {
        return encodeFunctionData({ abi, functionName: 'supplyCollateral', args: [index, call.amount] });
      }
      const args = [index, call.amount, call.owner, route, '0x'] as const;
      return encodeFunctionData({ abi, functionName: 'supplyCollateral', args });
    }
    case 'withdrawCollateral': {
      const args = [index, call.amount, call.receiver, call.owner, route] as const;
      return encodeFunctionData({ abi, functionName: 'withdrawCollateral', args });
    }
    case 'borrow': {
      const args = [call.assets, call.receiver, call.owner, route] as const;
      return encodeFunctionData({ abi, functionName: 'borrow', args });
    }
    case 'repay':
      return encodeFunctionData({ abi, functionName: 'repay', args: [call.assets, call.owner, route, '0x'] });
    case 'liquidate': {
      const args = [call.owner, index, call.maxRepay, route, '0x'] as const;
      return encodeFunctionData({ abi, functionName: 'liquidate', args });
    }
    case 'flashLoan': {
      const inner = call.meanwhile?.length ? encodeMulticall(deployed, call.receiver, call.meanwhile) : '0x';
      const args = [call.receiver, call.token, call.amount, inner, route] as const;
      return encodeFunctionData({ abi, functionName: 'flashLoan', args });
    }
    case 'checkpoint':
      return encodeFunctionData({ abi, functionName: 'checkpoint' });
    case 'settle':
      return encodeFunctionData({ abi, functionName: 'settle' });
    case 'rebalance': {
      const args = [deployed.tokens[call.token] ?? '0x', BigInt(call.from), BigInt(call.to)] as const;
      return encodeFunctionData({ abi, functionName: 'rebalance', args });
    }
    case 'transfer':
      return encodeFunctionData({ abi, functionName: 'transfer', args: [call.to, call.value] });
    case 'transferFrom': {
      const args = [call.from, call.to, call.value] as const;
      return encodeFunctionData({ abi, functionName: 'transferFrom', args });
    }
    case 'approve':
      return encodeFunctionData({ abi, functionName: 'approve', args: [call.spender, call.value] });
    case 'setOperator': {
      const args = [call.operator, call.scope, call.expiry] as const;
      return encodeFunctionData({ abi, functionName: 'setOperator', args });
    }
  }
}

function resultOf({ action }: Step, output: Hex): unknown {
  switch (action.kind) {
    case 'call':
      return decode(action.call, output);
    case 'multicall': {
      const parts = decodeFunctionResult({ abi: iMarketAbi, functionName: 'multicall', data: output });
      return action.calls.map((call, k) => decode(call, parts[k] ?? '0x'));
    }
    case 'donate':
      return output.endsWith('1');
    default:
      return null;
  }
}

function decode(call: Call, data: Hex): unknown {
  // The functions that return nothing return nothing here too.
  if (data === '0x') return null;
  if (call.kind === 'withdraw' || call.kind === 'redeem') return BigInt(data);
  return decodeFunctionResult({ abi: iMarketAbi, functionName: call.kind, data });
}

function refusalOf(output: Hex, error: string): string {
  if (output === '0x') return error;
  try {
    const { errorName, args } = decodeErrorResult({ abi: ERRORS, data: output });
    return text([errorName, args ?? []]);
  } catch {
    return `unknown error ${slice(output, 0, 4)}`;
  }
}
