/**
 * Runs inside the server, in the JavaScript of geth's tracers (ES5, no modules). It answers with loads, stores that were
 * not reverted, balances and code looked at, what was asked about the block, hashed bytes, and whose code ran on whose
 * storage. What an instruction touches counts once it did not fail: when the next one runs, or its frame ends well. Some
 * servers do not tell what a call costs: it follows from the gas that is passed on, all but a 64th of the rest (EIP-150).
 */
export const ACCESS_TRACER = `{
  frames: [], stores: [], loads: {}, balances: {}, codes: {}, asked: {}, nonces: {}, hashed: {}, ran: {}, lost: {}, made: {}, refused: {}, first: 0,
  hex: function (bytes) {
    var text = '';
    for (var i = 0; i < bytes.length; i++) text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
    return text;
  },
  word: function (log, depth, digits) {
    var text = log.stack.peek(depth).toString(16);
    while (text.length < digits) text = '0' + text;
    return text.slice(text.length - digits);
  },
  open: function (owner, code, base, start) {
    this.frames.push({ owner: owner, code: code, base: base, start: start, mark: this.stores.length, pending: null, calls: 0, gift: 0 });
  },
  overhead: function (frame, passed) {
    if (frame.cost >= passed) return frame.cost - passed;
    if (frame.wanted <= passed) return frame.gift > 0 ? 9100 : 100;
    var rest = frame.gas - passed - Math.floor(passed / 63);
    return rest > 0 ? rest : 0;
  },
  commit: function (frame) {
    var pending = frame.pending;
    frame.pending = null;
    if (!pending) return;
    if (pending.to === 'stores') { this.stores.push(pending.key); this.loads[pending.key] = 1; }
    else if (pending.to === 'asked') { if (this.asked[pending.key] === undefined) this.asked[pending.key] = pending.gas; }
    else this[pending.to][pending.key] = 1;
  },
  step: function (log) {
    var op = log.op.toNumber();
    if (this.frames.length === 0) {
      var top = this.hex(log.contract.getAddress());
      this.first = log.getGas();
      this.open(top, top, 0, log.getGas());
    }
    var frame = this.frames[this.frames.length - 1];
    this.commit(frame);
    if (frame.born) {
      if (/^0*$/.test(this.word(log, 0, 40))) { this.stores.length = frame.born.mark; if (!this.made[frame.born.owner]) this.lost[frame.born.owner] = 1; }
      else { this.made[frame.born.owner] = 1; delete this.lost[frame.born.owner]; }
      frame.born = null;
    }
    this.ran[frame.owner + frame.code] = 1;
    frame.steps = 1;
    var used = frame.base + frame.start - log.getGas();
    var mark = function (to, key) { frame.pending = { to: to, key: key, gas: used }; };
    if (op === 0x54) mark('loads', frame.owner + this.word(log, 0, 64));
    else if (op === 0x55) mark('stores', frame.owner + this.word(log, 0, 64));
    else if (op === 0x20) {
      var size = parseInt(this.word(log, 1, 64), 16), offset = parseInt(this.word(log, 0, 64), 16);
      if (size > 0 && size <= 1024 && offset + size <= log.memory.length()) this.hashed[this.hex(log.memory.slice(offset, offset + size))] = 1;
    }
    else if (op === 0x31) mark('balances', this.word(log, 0, 40));
    else if (op === 0x47 || op === 0xff) mark('balances', frame.owner);
    else if (op === 0x3b || op === 0x3c || op === 0x3f) mark('codes', this.word(log, 0, 40));
    else if ((op >= 0x40 && op <= 0x45) || (op >= 0x48 && op <= 0x4a)) mark('asked', op);
    else if (op === 0xf1 || op === 0xf2 || op === 0xf4 || op === 0xfa) {
      mark('codes', this.word(log, 1, 40));
      frame.sends = frame.gift = op <= 0xf2 && !/^0*$/.test(this.word(log, 2, 64)) ? 2300 : 0;
      frame.wanted = parseInt(this.word(log, 0, 64), 16);
    }
    else if (op === 0xf0 || op === 0xf5) { mark('nonces', frame.owner); frame.sends = !/^0*$/.test(this.word(log, 0, 64)); frame.gift = 0; frame.wanted = Infinity; }
    frame.calls = used;
    frame.gas = log.getGas();
    frame.cost = log.getCost();
  },
  fail: function (frame) {
    var pending = frame.pending;
    frame.pending = null;
    if (pending && (pending.to === 'stores' || pending.to === 'loads')) this.loads[pending.key] = 1;
  },
  fault: function () {
    if (this.frames.length > 0) this.fail(this.frames[this.frames.length - 1]);
  },
  enter: function (call) {
    var frame = this.frames[this.frames.length - 1], type = call.getType(), to = this.hex(call.getTo());
    this.commit(frame);
    var gas = call.getGas();
    var owner = type === 'DELEGATECALL' || type === 'CALLCODE' ? frame.owner : to;
    if (type === 'CREATE' || type === 'CREATE2') {
      if (type === 'CREATE2') this.refused[to] = 1; else this.codes[to] = 1;
      frame.born = { owner: to, mark: this.stores.length };
    }
    this.open(owner, to, frame.calls + this.overhead(frame, gas - frame.gift), gas);
  },
  exit: function (result) {
    var frame = this.frames.pop(), parent = this.frames[this.frames.length - 1];
    if (result.getError() !== undefined && !frame.steps && parent && parent.sends) this.balances[parent.owner] = 1;
    if (result.getError() === undefined) this.commit(frame);
    else { this.fail(frame); this.stores.length = frame.mark; }
  },
  result: function (context) {
    if (this.frames.length > 0) { if (context.error) this.fail(this.frames[0]); else this.commit(this.frames[0]); }
    var stores = {}, lost = this.lost;
    var kept = function (object) { return Object.keys(object).filter(function (key) { return !lost[key.slice(0, 40)]; }); };
    if (!context.error) for (var i = 0; i < this.stores.length; i++) stores[this.stores[i]] = 1;
    return {
      version: 1, first: this.first, failed: !!context.error, loads: kept(this.loads), stores: Object.keys(stores),
      balances: kept(this.balances), codes: kept(this.codes).concat(Object.keys(this.refused)), nonces: kept(this.nonces), asked: this.asked,
      hashed: Object.keys(this.hashed), ran: kept(this.ran)
    };
  }
}`;
