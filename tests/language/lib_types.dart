Type typeOf<T>() => T;
Type first<T>(T x) => T;
