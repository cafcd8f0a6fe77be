import 'dart-ext:ended_handles';

propagateDeleted() native "PropagateDeleted";

use() {
  try {
    propagateDeleted();
  } catch (e) {
    print('an api error is no exception');
  } finally {
    print('it discards frames');
  }
}

main() {
  use();
}
