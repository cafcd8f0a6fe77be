class Service {
  @inject
  var client;
}

main() {
  print(new Service().client);
}
