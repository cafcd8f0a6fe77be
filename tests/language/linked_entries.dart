// Entries of a DoubleLinkedQueue, and entries of none, are in one chain, whichever way one goes along it.
import "dart:collection";

// From `entry` forward and, from the last one, back; they must be the same.
String chain(entry) {
  var first = entry;
  while (first.previousEntry() != null) first = first.previousEntry();
  var forward = [], back = [], last;
  for (var each = first; each != null; each = each.nextEntry()) {
    forward.add(each.element);
    last = each;
  }
  for (var each = last; each != null; each = each.previousEntry()) back.insert(0, each.element);
  return "$forward" == "$back" ? "$forward" : "$forward, but $back back";
}

// Of the same steps: with a queue around them, and without.
steps(middle) {
  middle.append("b");
  middle.append("a");
  print(chain(middle));
  middle.prepend("y");
  middle.prepend("z");
  print(chain(middle));
  middle.nextEntry().prepend("p");
  middle.previousEntry().append("q");
  print(chain(middle));
  print([middle.nextEntry().remove(), middle.previousEntry().remove()]);
  print(chain(middle));
  middle.nextEntry().nextEntry().append("end");
  middle.previousEntry().previousEntry().prepend("begin");
  print(chain(middle));
  var neighbour = middle.nextEntry();
  print([middle.remove(), middle.nextEntry(), middle.previousEntry()]);
  print(chain(neighbour));
}

main() {
  steps(new DoubleLinkedQueueEntry("m"));
  // expect: [m, a, b]
  // expect: [y, z, m, a, b]
  // expect: [y, z, q, m, p, a, b]
  // expect: [p, q]
  // expect: [y, z, m, a, b]
  // expect: [begin, y, z, m, a, b, end]
  // expect: [m, null, null]
  // expect: [begin, y, z, a, b, end]
  var queue = new DoubleLinkedQueue.from(["m"]);
  steps(queue.firstEntry());
  // expect: [m, a, b]
  // expect: [y, z, m, a, b]
  // expect: [y, z, q, m, p, a, b]
  // expect: [p, q]
  // expect: [y, z, m, a, b]
  // expect: [begin, y, z, m, a, b, end]
  // expect: [m, null, null]
  // expect: [begin, y, z, a, b, end]
  print([queue, queue.length, queue.first, queue.last]); // expect: [{begin, y, z, a, b, end}, 6, begin, end]
}
