type Resolvers = {
  promise: Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
};

/** libp2p uses `Promise.withResolvers`, which Node has from version 22 on. Call it before anything of libp2p loads. */
export function ensureWithResolvers(): void {
  if ('withResolvers' in Promise) return;
  Object.defineProperty(Promise, 'withResolvers', {
    configurable: true,
    writable: true,
    value(this: PromiseConstructor): Resolvers {
      const resolvers = {} as Resolvers;
      // Of `this`: a subclass makes its own kind.
      resolvers.promise = new this((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
      return resolvers;
    },
  });
}
