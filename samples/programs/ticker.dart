// Timers and streams: readings come in, are filtered, counted and averaged.
import "dart:async";

class Sensor {
  final StreamController<num> _readings = new StreamController<num>.broadcast();
  Timer _timer;
  var _next = 0;

  Stream<num> get readings => _readings.stream;

  void start(Duration interval, int count) {
    _timer = new Timer.periodic(interval, (timer) {
      if (_next == count) {
        timer.cancel();
        _readings.close();
      } else if (_next == 5) {
        _readings.addError(new StateError("sensor dusty"));
        _next++;
      } else {
        _readings.add(20 + (_next++ * 7) % 10);
      }
    });
  }

  bool get isRunning => _timer != null && _timer.isActive;
}

Stream<double> averages(Stream<num> values, int size) {
  var window = <num>[];
  return values.transform(new StreamTransformer.fromHandlers(handleData: (value, sink) {
    window.add(value);
    if (window.length > size) window.removeAt(0);
    if (window.length == size) sink.add(window.reduce((a, b) => a + b) / size);
  }, handleError: (error, trace, sink) => print("(${error.message})")));
}

Stream<String> report(Stream<double> values) async* {
  var number = 0;
  await for (var value in values) {
    number++;
    yield "$number: ${value.toStringAsFixed(2)}";
  }
  yield "$number averages";
}

main() async {
  var sensor = new Sensor();
  var hot = sensor.readings.handleError((_) {}).where((t) => t > 25).toList();
  var lines = report(averages(sensor.readings, 3));
  sensor.start(new Duration(milliseconds: 1), 10);
  await for (var line in lines) print(line);
  print("hot: ${await hot}");
  print("running: ${sensor.isRunning}");

  var patient = new Completer();
  try {
    await patient.future.timeout(const Duration(milliseconds: 2));
  } on TimeoutException {
    print("nothing came");
  }
  var countdown = new Stream.periodic(const Duration(milliseconds: 1), (i) => 3 - i).take(3);
  print(await countdown.map((i) => "$i...").join(" "));
}
