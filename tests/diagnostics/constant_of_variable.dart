var width = 3;
const area = width * width;

main() {
  print(area);
}
