import type { Namespace, StorageType } from '../layout/layout.ts';
import { parseStruct } from '../layout/solidity-type.ts';
import { namespaceRoot } from './namespace-root.ts';

const PREFIX = 'openzeppelin.storage.';
const ADDRESS_TO_WORD = 'mapping(address => uint256)';
const OPERATORS = 'mapping(address => mapping(address => bool)) _operatorApprovals';

/** Structs inside the namespaces. */
const INNER: Readonly<Record<string, string>> = {
  RoleData: 'mapping(address => bool) hasRole; bytes32 adminRole',
  RoyaltyInfo: 'address receiver; uint96 royaltyFraction',
  Set: 'bytes32[] _values; mapping(bytes32 => uint256) _positions',
  AddressSet: 'struct Set _inner',
  Checkpoint208: 'uint48 _key; uint208 _value',
  Trace208: 'struct Checkpoint208[] _checkpoints',
  ProposalCore:
    'address proposer; uint48 voteStart; uint32 voteDuration; bool executed; bool canceled; uint48 etaSeconds',
  Bytes32Deque: 'uint128 _begin; uint128 _end; mapping(uint128 => bytes32) _data',
};

/** @see https://github.com/OpenZeppelin/openzeppelin-contracts-upgradeable/tree/v5.5.0/contracts */
const FIELDS: Readonly<Record<string, string>> = {
  AccessControl: 'mapping(bytes32 => struct RoleData) _roles',
  AccessControlDefaultAdminRules:
    'address _pendingDefaultAdmin; uint48 _pendingDefaultAdminSchedule; uint48 _currentDelay; address _currentDefaultAdmin; uint48 _pendingDelay; uint48 _pendingDelaySchedule',
  AccessControlEnumerable: 'mapping(bytes32 => struct AddressSet) _roleMembers',
  AccessManaged: 'address _authority; bool _consumingSchedule',
  EIP712: 'bytes32 _hashedName; bytes32 _hashedVersion; string _name; string _version',
  ERC1155: `mapping(uint256 => ${ADDRESS_TO_WORD}) _balances; ${OPERATORS}; string _uri`,
  ERC1155Supply: 'mapping(uint256 => uint256) _totalSupply; uint256 _totalSupplyAll',
  ERC1155URIStorage: 'string _baseURI; mapping(uint256 => string) _tokenURIs',
  ERC20: `${ADDRESS_TO_WORD} _balances; mapping(address => ${ADDRESS_TO_WORD}) _allowances; uint256 _totalSupply; string _name; string _symbol`,
  ERC20Capped: 'uint256 _cap',
  ERC20Wrapper: 'address _underlying',
  ERC2981: 'struct RoyaltyInfo _defaultRoyaltyInfo; mapping(uint256 => struct RoyaltyInfo) _tokenRoyaltyInfo',
  ERC4626: 'address _asset; uint8 _underlyingDecimals',
  ERC721: `string _name; string _symbol; mapping(uint256 => address) _owners; ${ADDRESS_TO_WORD} _balances; mapping(uint256 => address) _tokenApprovals; ${OPERATORS}`,
  ERC721Enumerable:
    'mapping(address => mapping(uint256 => uint256)) _ownedTokens; mapping(uint256 => uint256) _ownedTokensIndex; uint256[] _allTokens; mapping(uint256 => uint256) _allTokensIndex',
  ERC721URIStorage: 'mapping(uint256 => string) _tokenURIs',
  Governor:
    'string _name; mapping(uint256 => struct ProposalCore) _proposals; struct Bytes32Deque _governanceCall',
  Initializable: 'uint64 _initialized; bool _initializing',
  Nonces: `${ADDRESS_TO_WORD} _nonces`,
  Ownable: 'address _owner',
  Ownable2Step: 'address _pendingOwner',
  Pausable: 'bool _paused',
  ReentrancyGuard: 'uint256 _status',
  TimelockController: 'mapping(bytes32 => uint256) _timestamps; uint256 _minDelay',
  VestingWallet: `uint256 _released; ${ADDRESS_TO_WORD} _erc20Released; uint64 _start; uint64 _duration`,
  Votes:
    'mapping(address => address) _delegatee; mapping(address => struct Trace208) _delegateCheckpoints; struct Trace208 _totalCheckpoints',
};

/** Namespaces of OpenZeppelin 5 for upgradeable contracts, which no `storageLayout` reports. */
export const OPENZEPPELIN_NAMESPACES: readonly Namespace[] = Object.entries(FIELDS).map(([name, fields]) => {
  const id = PREFIX + name;
  const type = parseStruct(`struct ${name}Storage`, fields, lookup) ?? { kind: 'unknown' };
  return { id, root: namespaceRoot(id), type };
});

function lookup(name: string): StorageType | undefined {
  const fields = INNER[name];
  return fields === undefined ? undefined : parseStruct(`struct ${name}`, fields, lookup);
}
