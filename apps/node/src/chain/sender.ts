/** What the EVM key of the node signs, one after the other: nonces never collide, nor do session keys. */
export class Sender {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs `send` when all before it have ended, whatever came of them. */
  inTurn<T>(send: () => Promise<T>): Promise<T> {
    const turn = this.last.then(send, send);
    this.last = turn.catch(() => {});
    return turn;
  }
}
