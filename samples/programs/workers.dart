// Isolates: numbers are shared out to workers, which answer by messages.
import "dart:async";
import "dart:isolate";

class Job {
  final int id, from, to;
  Job(this.id, this.from, this.to);
}

bool isPrime(int n) {
  if (n < 2) return false;
  for (var d = 2; d * d <= n; d++) {
    if (n % d == 0) return false;
  }
  return true;
}

// Runs in an isolate of its own.
void worker(SendPort answers) {
  var jobs = new ReceivePort();
  answers.send(jobs.sendPort);
  jobs.listen((message) {
    if (message == null) {
      jobs.close();
      return;
    }
    Job job = message;
    var primes = [];
    for (var n = job.from; n < job.to; n++) {
      if (isPrime(n)) primes.add(n);
    }
    answers.send({"job": job.id, "primes": primes});
  });
}

void failing(message) {
  throw new FormatException("cannot work with $message");
}

Future<Map> compute(int workers, int jobCount, int size) {
  var done = new Completer<Map>();
  var results = {};
  var next = 0;
  for (var i = 0; i < workers; i++) {
    var port = new ReceivePort();
    SendPort jobs;
    give() {
      if (next == jobCount) {
        jobs.send(null);
        port.close();
        return;
      }
      jobs.send(new Job(next, next * size, (next + 1) * size));
      next++;
    }
    port.listen((message) {
      if (message is SendPort) {
        jobs = message;
      } else {
        results[message["job"]] = message["primes"];
        if (results.length == jobCount) done.complete(results);
      }
      give();
    });
    Isolate.spawn(worker, port.sendPort);
  }
  return done.future;
}

main() async {
  var results = await compute(2, 4, 25);
  for (var id in results.keys.toList()..sort()) {
    print("$id: ${results[id].join(' ')}");
  }
  var errors = new ReceivePort(), exits = new ReceivePort();
  await Isolate.spawn(failing, [1, 2], onError: errors.sendPort, onExit: exits.sendPort);
  print("error: ${(await errors.first)[0]}");
  print("exit: ${await exits.first}");
}
