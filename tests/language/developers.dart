// dart:developer: nobody listens, and what is said is checked all the same.
import 'dart:developer';

refused(f()) {
  try {
    f();
    print("not refused");
  } catch (error) {
    print(error);
  }
}

main() {
  log("shown nowhere", name: "test", level: 3, time: new DateTime.now(), error: 1);
  refused(() => log(1)); // expect: Invalid argument (message): Must be a String: 1
  refused(() => log("a", level: null)); // expect: Invalid argument (level): Must be an int: null
  refused(() => log("a", name: 2)); // expect: Invalid argument (name): Must be a String: 2
  refused(() => postEvent("a", 2)); // expect: Invalid argument (eventData): Must be a Map: 2
  var object = new Object();
  print([debugger(when: false), debugger(), identical(inspect(object), object)]); // expect: [false, true, true]

  Timeline.startSync("outer", arguments: {"a": 1});
  Timeline.instantSync("now");
  Timeline.finishSync();
  refused(Timeline.finishSync); // expect: Bad state: Uneven calls to startSync and finishSync
  print(Timeline.timeSync("inner", () => 5)); // expect: 5
  refused(() => Timeline.timeSync("inner", () => throw "thrown")); // expect: thrown
  refused(Timeline.finishSync); // expect: Bad state: Uneven calls to startSync and finishSync
  refused(() => Timeline.startSync(null)); // expect: Invalid argument (name): Must be a String: null
  refused(() => Timeline.instantSync("a", arguments: 1)); // expect: Invalid argument (arguments): Must be a Map: 1
  print(Timeline.now <= Timeline.now); // expect: true

  var task = new TimelineTask()..start("a");
  refused(task.pass); // expect: Bad state: You cannot pass a TimelineTask without finishing all started operations
  task.finish();
  refused(task.finish); // expect: Bad state: Uneven calls to start and finish
  print(new TimelineTask.withTaskId(task.pass()).pass() == task.pass()); // expect: true
  print(new TimelineTask().pass() == task.pass()); // expect: false

  var tag = new UserTag("mine");
  print([getCurrentTag().label, identical(tag, new UserTag("mine")), tag.makeCurrent().label]); // expect: [Default, true, Default]
  print([getCurrentTag().label, UserTag.defaultTag.makeCurrent().label, getCurrentTag().label]); // expect: [mine, mine, Default]
  refused(() { // expect: Unsupported operation: UserTag instance limit (64) reached.
    for (var i = 0; i < UserTag.MAX_USER_TAGS; i++) new UserTag("tag $i");
  });
}
