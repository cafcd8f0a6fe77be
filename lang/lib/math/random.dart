// Random numbers: a multiply-with-carry generator of 64 bits, whose lower half is what it gives.
part of dart.math;

abstract class Random {
  factory Random([int seed]) {
    return new _Random(seed == null ? _secureBits() : _checkAnyInt(seed, "seed"));
  }

  // From the system's source of what nobody can foretell.
  factory Random.secure() = _SecureRandom;

  // From 0 to below `max`, which is at most 2^32.
  int nextInt(int max);
  // From 0.0 to below 1.0.
  double nextDouble();
  bool nextBool();
}

abstract class _RandomBase implements Random {
  int _next32();

  int nextInt(int max) {
    _checkInt(max, 1, 0x100000000, "max");
    if ((max & -max) == max) return _next32() & (max - 1);
    // What would make the lower results likelier is thrown away.
    var bits;
    var result;
    do {
      bits = _next32();
      result = bits % max;
    } while (bits - result + max > 0x100000000);
    return result;
  }

  double nextDouble() => (nextInt(1 << 26) * (1 << 27) + nextInt(1 << 27)) / 9007199254740992.0;
  bool nextBool() => nextInt(2) == 0;
}

class _Random extends _RandomBase {
  int _state;

  _Random(int seed) {
    var hash = 0;
    do {
      hash = _mixSeed(hash, seed);
      seed = seed >> 64;
    } while (seed != 0 && seed != -1);
    _state = hash == 0 ? 0x5a17 : hash;
    for (var i = 0; i < 4; i++) _next32();
  }

  Type get runtimeType => Random;

  int _next32() {
    _state = _nextState(_state);
    return _state & 0xffffffff;
  }
}

class _SecureRandom extends _RandomBase {
  Type get runtimeType => Random;
  int _next32() => _secureBits() & 0xffffffff;
}

int _nextState(int state) native "Random_nextState";
// The hash of the lowest 64 bits of one more part of a seed.
int _mixSeed(int hash, int seed) native "Random_mixSeed";
// 64 of them.
int _secureBits() native "Random_secureBits";
