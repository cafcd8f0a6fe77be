// There are 64 tags: who asks for one more is told so, and those that there are can be had again.
import "dart:developer";

main() {
  var tags = [UserTag.defaultTag];
  var error;
  while (error == null && tags.length < 100) {
    try {
      tags.add(new UserTag("tag ${tags.length}"));
    } catch (thrown) {
      error = thrown;
    }
  }
  print([tags.length, UserTag.MAX_USER_TAGS, error]);
  // expect: [64, 64, Unsupported operation: UserTag instance limit (64) reached.]
  for (var tag in tags) {
    if (!identical(new UserTag(tag.label), tag)) print(tag.label);
  }
  var before = tags.last.makeCurrent();
  print([before.label, getCurrentTag().label]); // expect: [Default, tag 63]
}
