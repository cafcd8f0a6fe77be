// An extension that uses handles after their life.
import 'dart-ext:ended_handles';

useDeleted() native "UseDeleted";
int deleteTwice() native "DeleteTwice";
readDead() native "ReadDead";

main() {
  try {
    print("deleted: ${useDeleted()}");
  } catch (e) {
    print("deleted: thrown");
  }
  print("deleted twice: ${deleteTwice()} misuse");
  print("dead: ${readDead()}");
}
