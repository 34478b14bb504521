// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { OwnableRoles } from "solady/auth/OwnableRoles.sol";
import { ERC1155 } from "solady/tokens/ERC1155.sol";
import { ERC20 } from "solady/tokens/ERC20.sol";
import { ERC20Votes } from "solady/tokens/ERC20Votes.sol";
import { ERC6909 } from "solady/tokens/ERC6909.sol";
import { ERC721 } from "solady/tokens/ERC721.sol";

contract Coin is ERC20Votes, OwnableRoles {
    function name() public pure override returns (string memory) {
        return "Coin";
    }

    function symbol() public pure override returns (string memory) {
        return "COIN";
    }

    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }

    function writeOwner(address who) external {
        _initializeOwner(who);
    }

    function writeRoles(address who) external {
        _setRoles(who, 1);
    }

    function writeBalance(address who) external {
        _mint(who, 1);
    }

    function writeAllowance(address who, address other) external {
        _approve(who, other, 1);
    }

    function writeNonce(address who) external {
        _incrementNonce(who);
    }

    function writeDelegate(address who) external {
        _delegate(who, who);
    }
}

contract Badge is ERC721 {
    function name() public pure override returns (string memory) {
        return "Badge";
    }

    function symbol() public pure override returns (string memory) {
        return "BADGE";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }

    function writeOwner(address who, uint256 id) external {
        _mint(who, id);
    }

    function writeApproval(address who, uint256 id) external {
        _approve(address(0), who, id);
    }

    function writeOperator(address who, address other) external {
        _setApprovalForAll(who, other, true);
    }
}

contract Items is ERC1155 {
    function uri(uint256) public pure override returns (string memory) {
        return "";
    }

    function writeBalance(address who) external {
        _mint(who, 7, 1, "");
    }

    function writeOperator(address who, address other) external {
        _setApprovalForAll(who, other, true);
    }
}

contract Multi is ERC6909 {
    function name(uint256) public pure override returns (string memory) {
        return "";
    }

    function symbol(uint256) public pure override returns (string memory) {
        return "";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }

    function writeBalance(address who) external {
        _mint(who, 7, 1);
    }

    function writeOperator(address who, address other) external {
        _setOperator(who, other, true);
    }

    function writeAllowance(address who, address other) external {
        _approve(who, other, 7, 1);
    }
}
