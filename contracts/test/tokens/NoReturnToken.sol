// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Returns nothing from transfer, transferFrom and approve, as USDT does
/// @notice And like USDT it refuses to change one allowance other than zero into another.
contract NoReturnToken {
    string public constant name = "Returns nothing";
    string public constant symbol = "NONE";
    uint8 public constant decimals = 6;

    uint256 public totalSupply;
    mapping(address holder => uint256) public balanceOf;
    mapping(address holder => mapping(address spender => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 amount);
    event Approval(address indexed holder, address indexed spender, uint256 amount);

    error AllowanceNotZero(uint256 expected, uint256 actual);

    function mint(address to, uint256 amount) external {
        totalSupply += amount;
        balanceOf[to] += amount;
        emit Transfer(address(0), to, amount);
    }

    function approve(address spender, uint256 amount) external {
        uint256 present = allowance[msg.sender][spender];
        if (present != 0 && amount != 0) revert AllowanceNotZero(0, present);
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
    }

    function transfer(address to, uint256 amount) external {
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        if (allowance[from][msg.sender] != type(uint256).max) allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }
}
