// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

contract Child {
  uint256 public value;
  constructor(uint256 v, bool fails) payable {
    value = v;
    if (fails) revert("child");
  }
  function end(address payable heir) external { selfdestruct(heir); }
}

/// Returns code that the EVM refuses to keep, after a store.
contract Unkeepable {
  uint256 public value;
  constructor() {
    value = 7;
    assembly { mstore8(0, 0xef) return(0, 1) }
  }
}

/// Does what a program of bytes says: the upper half of a byte is what, the lower half is with what.
contract Tangle {
  uint256[16] public slots;
  mapping(uint256 => uint256) public table;
  uint256[] public list;
  address[] public peers;
  bytes public last;

  error Refused();

  receive() external payable {}

  function meet(address peer) external { peers.push(peer); }

  function plain(uint256 at) external { slots[at] = at + 1; }

  function run(bytes calldata program) external payable {
    for (uint256 i; i < program.length; ++i) {
      uint256 what = uint8(program[i]) >> 4;
      uint256 arg = uint8(program[i]) & 15;
      bytes calldata rest = program[i + 1:];
      address peer = peers.length == 0 ? address(this) : peers[arg % peers.length];
      if (what == 0) slots[arg] += 1;
      else if (what == 1) table[arg] = slots[arg];
      else if (what == 2) slots[arg] = slots[arg];
      else if (what == 3) { table[arg] += 1; table[arg] -= 1; list.push(arg); }
      else if (what == 4) { bool ok; (ok,) = peer.call{value: arg % 3}(abi.encodeCall(this.run, (rest))); slots[arg] = ok ? 1 : 2; return; }
      else if (what == 5) { bool ok; (ok,) = peer.delegatecall(abi.encodeCall(this.run, (rest))); if (!ok && arg > 7) revert Refused(); return; }
      else if (what == 6) { bool ok; (ok,) = peer.staticcall(abi.encodeCall(this.run, (rest))); table[99] = ok ? 1 : 2; return; }
      else if (what == 7) { if (arg > 4) { slots[arg] = 77; revert Refused(); } }
      else if (what == 8) _create(arg);
      else if (what == 9) slots[0] = peer.balance + address(this).balance + (arg > 8 ? block.coinbase.balance : 0);
      else if (what == 10) _ask(arg);
      else if (what == 11) _look(peer, arg);
      else if (what == 12) { bool ok; (ok,) = peer.call{gas: 3000 + arg * 9000}(abi.encodeCall(this.run, (rest))); return; }
      else if (what == 13) _odd(peer, arg);
      else if (what == 14) last = abi.encodePacked(keccak256(abi.encode(program, arg)), sha256(program), rest);
      else _borrow(peer, rest);
    }
  }

  function _create(uint256 arg) internal {
    if (arg % 5 == 0) new Child(arg, false);
    else if (arg % 5 == 1) { try new Child(arg, true) {} catch { slots[1] += 1; } }
    else if (arg % 5 == 2) { try new Unkeepable() {} catch { slots[2] += 1; } }
    else if (arg % 5 == 3) { try new Child{salt: bytes32(arg)}(arg, arg > 8) {} catch { slots[3] += 1; } }
    else { Child child = new Child{value: address(this).balance > 5 ? 2 : 0}(3, false); child.end(payable(address(this))); }
  }

  function _ask(uint256 arg) internal {
    if (arg % 4 == 0) slots[4] = block.timestamp;
    else if (arg % 4 == 1) slots[5] = block.number + block.gaslimit;
    else if (arg % 4 == 2) slots[6] = block.prevrandao ^ uint256(blockhash(block.number - 1));
    else slots[7] = uint160(address(block.coinbase)) + block.basefee;
  }

  function _look(address peer, uint256 arg) internal {
    if (arg % 3 == 0) slots[8] = peer.code.length;
    else if (arg % 3 == 1) slots[9] = uint256(peer.codehash);
    else last = peer.code.length > 40 ? abi.encodePacked(keccak256(peer.code)) : bytes("");
  }

  /// Calls that come to nothing: more value than there is, nobody there, an invalid instruction, a precompile.
  function _odd(address peer, uint256 arg) internal {
    bool ok;
    if (arg % 5 == 0) (ok,) = peer.call{value: 1e30}("");
    else if (arg % 5 == 1) (ok,) = address(uint160(0xbeef00 + arg)).call{value: 0}("");
    else if (arg % 5 == 2) { assembly { ok := call(50000, address(), 0, 0, 0, 0, 0) } }
    else if (arg % 5 == 3) (ok,) = address(4).call(abi.encode(arg));
    else { (ok,) = peer.call{value: address(this).balance > 9 ? 1 : 0, gas: 9000}(""); }
    table[50] = ok ? 1 : 2;
  }

  function _borrow(address peer, bytes calldata rest) internal {
    bytes memory data = abi.encodeCall(this.plain, (rest.length % 16));
    assembly {
      let ok := callcode(gas(), peer, 0, add(data, 32), mload(data), 0, 0)
      sstore(add(1000, ok), add(sload(add(1000, ok)), 1))
    }
  }
}

/// Forwards everything to one implementation.
contract Proxy {
  address immutable target;
  constructor(address target_) payable { target = target_; }
  fallback() external payable {
    address to = target;
    assembly {
      calldatacopy(0, 0, calldatasize())
      let ok := delegatecall(gas(), to, 0, calldatasize(), 0, 0)
      returndatacopy(0, 0, returndatasize())
      if ok { return(0, returndatasize()) }
      revert(0, returndatasize())
    }
  }
  receive() external payable {}
}

contract Token {
  mapping(address => uint256) public balanceOf;
  event Transfer(address indexed from, address indexed to, uint256 amount);
  constructor(address[] memory holders) { for (uint256 i; i < holders.length; ++i) balanceOf[holders[i]] = 1e18; }
  function transfer(address to, uint256 amount) external returns (bool) {
    balanceOf[msg.sender] -= amount;
    balanceOf[to] += amount;
    emit Transfer(msg.sender, to, amount);
    return true;
  }
}
