class Point {
  const Point();
}

main() {
  try {
    print(const Piont());
  } catch (e) {
    print(e);
  }
}
