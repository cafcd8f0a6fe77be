typedef Pair = Map<int, int>;
typedef Both<T> = Map<T, T>;

Type typeOf<T>() => T;
Type first<T>(T x) => T;
