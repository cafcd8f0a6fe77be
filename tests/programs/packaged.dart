import 'package:greet/greet.dart';

main() => print(greet("you"));
