/** What the figures mean and what they do not, in words. Markup. */
export const METHOD = `
<p>For each transaction its reads and writes were taken from the node: storage slots, balances, nonces and code. A transaction waits for the last one before it that changed something which it reads or writes. That a later transaction overwrites what an earlier one reads is no conflict: engines with several versions let the earlier one see the older.</p>
<p>The <b>bound</b> is the gas of the block over the gas of its longest chain of waiting transactions: no scheduler is faster, with any number of cores. <b>Bound without</b> is the bound if nobody met at that variable.</p>
<ul>
<li><b>ideal</b>: all conflicts known beforehand, greedy list scheduling.</li>
<li><b>monad</b>: all speculate against what has been merged, merged in order, values compared; a mismatch runs once more. Balances that nobody looks at are merged.</li>
<li><b>sei-v2</b>: rounds over the newest versions, values compared, after ten rounds the rest in order.</li>
<li><b>block-stm</b> (Aptos, pevm, grevm, Sei Giga): versions compared, changed or not; the next reader of an aborted write waits.</li>
</ul>
<h3>Limits</h3>
<ul>
<li>Time is gas. Real time per gas differs between instructions, and waits for disk, state root and signatures are not in it.</li>
<li>In the engines, a transaction reads everything when it starts and takes as long in each run.</li>
<li>It is this block in this order: another order has other chains.</li>
</ul>`;
