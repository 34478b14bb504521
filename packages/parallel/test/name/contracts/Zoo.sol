// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

type Id is uint128;

enum Color {
    Red,
    Green
}

struct Inner {
    uint64 a;
    uint64 b;
    mapping(uint256 => uint256[]) deep;
    string note;
}

/// @notice A variable of every kind, and a function that writes it.
contract Zoo {
    /// @custom:storage-location erc7201:zoo.storage.Main
    struct MainStorage {
        uint256 total;
        mapping(address => Inner) inners;
        Id id;
        Color color;
    }

    uint256 internal immutable seed;
    uint256 internal plain;
    uint128 internal low;
    uint64 internal middle;
    bool internal high;
    mapping(address => uint256) internal balances;
    mapping(address => mapping(address => uint256)) internal allowed;
    mapping(uint256 => Inner) internal inners;
    uint256[] internal list;
    uint8[] internal small;
    Inner[2] internal pair;
    uint16[40] internal wide;
    string internal title;
    mapping(string => uint256) internal byName;
    mapping(bytes32 => bool) internal flags;
    mapping(Color => uint256) internal byColor;
    mapping(int256 => uint256) internal bySigned;
    mapping(Id => uint256) internal byId;
    mapping(bool => uint256) internal byBool;
    uint256[][] internal nested;
    Inner[] internal structs;
    function() external internal callback;

    constructor(uint256 seed_) {
        seed = seed_;
    }

    function writePlain() external {
        plain = seed;
    }

    function writePacked() external {
        middle = 7;
    }

    function writeMapping(address who) external {
        balances[who] = 1;
    }

    function writeNestedMapping(address who, address other) external {
        allowed[who][other] = 1;
    }

    function writeStruct(uint256 n) external {
        inners[n].b = 1;
    }

    function writeStructTail(uint256 n) external {
        inners[n].note = "a text that is longer than thirty-one bytes";
    }

    function writeDeep(uint256 n, uint256 m) external {
        inners[n].deep[m].push(8);
    }

    /// @dev The compiler hashes this key, so nobody ever sees it hashed.
    function writeConstantKeys() external {
        inners[6].b = 1;
        byColor[Color.Green] = 1;
        flags[keccak256("a role")] = true;
    }

    function aRole() external pure returns (bytes32) {
        return keccak256("a role");
    }

    function writeList() external {
        list.push(1);
    }

    function writeSmall() external {
        for (uint256 i; i < 40; ++i) {
            small.push(1);
        }
    }

    function writePair() external {
        pair[1].a = 1;
    }

    function writeWide() external {
        wide[35] = 1;
    }

    function writeTitle() external {
        title = "thirty-two bytes do not fit a slot, nor do these";
    }

    function writeByName() external {
        byName["gold"] = 1;
    }

    function writeFlag(bytes32 name) external {
        flags[name] = true;
    }

    function writeByColor(Color color) external {
        byColor[color] = 1;
    }

    function writeBySigned(int256 n) external {
        bySigned[n] = 1;
    }

    function writeById(Id id) external {
        byId[id] = 1;
    }

    function writeByBool(bool isSo) external {
        byBool[isSo] = 1;
    }

    function writeNested() external {
        nested.push();
        nested[0].push(1);
    }

    function writeStructs() external {
        structs.push();
        structs[0].b = 1;
    }

    function writeMain() external {
        _main().total = 1;
    }

    function writeMainInner(address who) external {
        _main().inners[who].a = 1;
    }

    function writeMainPacked() external {
        _main().color = Color.Green;
    }

    function _main() private pure returns (MainStorage storage s) {
        bytes32 root = keccak256(abi.encode(uint256(keccak256("zoo.storage.Main")) - 1)) & ~bytes32(uint256(0xff));
        assembly {
            s.slot := root
        }
    }
}
