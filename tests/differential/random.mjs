// SPDX-License-Identifier: Apache-2.0
// A small seeded generator of random numbers (xorshift32): the same seed, the same run.

export class Random {
  constructor(seed) {
    this.state = seed >>> 0 || 1;
  }

  next() {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state;
  }

  /** A whole number from low to high, both included. */
  between(low, high) {
    return low + (this.next() % (high - low + 1));
  }

  chance(percent) {
    return this.next() % 100 < percent;
  }

  pick(list) {
    return list[this.next() % list.length];
  }

  /** Some of the list, in its order. */
  some(list, percent) {
    return list.filter(() => this.chance(percent));
  }
}
