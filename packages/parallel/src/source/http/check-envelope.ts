import { ParallelError } from '../../errors.ts';
import { malformed } from './answer-parser.ts';

/** Throws unless the answer belongs to the question and is no error. */
export function checkEnvelope(
  method: string,
  id: number,
  fields: ReadonlyMap<string, unknown>,
  listed: boolean,
): void {
  const error = fields.get('error');
  if (error !== undefined && error !== null) throw refusal(method, error);
  const version = fields.get('jsonrpc');
  if (version !== undefined && version !== '2.0') throw malformed('It is of another version of JSON-RPC.');
  if (!fields.has('id')) throw malformed('Its id is missing.');
  if (fields.get('id') !== id) throw malformed('It answers another question: the ids differ.');
  if (!listed && !fields.has('result')) throw malformed('It has neither a result nor an error.');
}

const METHOD_MISSING = -32601;
/** Servers that refuse a method under another code say so in one of these ways. */
const MISSING_WORDS =
  /method .{0,80}(not found|not available|not supported|does ?n[o']t exist|not exist|unsupported|not whitelisted|is disabled)|unsupported method|unknown method|method not/i;

/** The error that the server answered with, as one of ours. */
export function refusal(method: string, error: unknown): ParallelError {
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    message?: unknown;
  };
  const words = typeof message === 'string' ? message.slice(0, 500) : JSON.stringify(error).slice(0, 500);
  const details = { method, ...(typeof code === 'number' && { code }), message: words };
  if (code === METHOD_MISSING || MISSING_WORDS.test(words)) {
    return new ParallelError(`The server does not know ${method}.`, {
      code: 'RPC_METHOD_MISSING',
      fault: 'user',
      hint: 'Use a server that offers it, or let the tool choose another way of asking.',
      details,
    });
  }
  return new ParallelError(`The server refused ${method}: ${words.replace(/\.+$/, '')}.`, {
    code: 'RPC_REFUSED',
    fault: 'network',
    hint: 'The server may lack the state of this block or limit what it answers.',
    details,
  });
}
