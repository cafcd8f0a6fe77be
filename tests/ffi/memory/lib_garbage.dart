// Collections, until something has happened.
library garbage;

// False: it has not, after far more than the collector waits for.
bool collectUntil(bool hasHappened()) {
  for (var i = 0; i < 300; i++) {
    if (hasHappened()) return true;
    for (var j = 0; j < 30; j++) new List(1000);
  }
  return hasHappened();
}

// A few.
void collect() {
  for (var i = 0; i < 2000; i++) new List(1000);
}

String errorOf(void run()) {
  try {
    run();
  } catch (error) {
    // Addresses differ from run to run.
    var text = '$error';
    var at = text.indexOf('0x');
    while (at >= 0) {
      var end = at + 2;
      while (end < text.length && '0123456789abcdef'.contains(text[end])) end++;
      text = text.substring(0, at) + '@' + text.substring(end);
      at = text.indexOf('0x');
    }
    return '${error.runtimeType}: $text';
  }
  return 'nothing was thrown';
}
