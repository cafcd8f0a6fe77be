// What runs the bodies of `async` functions, which can be left at an `await`.
//
// The compiler makes a closure of such a body. Its first argument is a list, the state of one run
// (lang/lib/core/suspended.dart has the other kinds of bodies).
part of dart.async;

const int _STATE_WORDS = 5;
const int _PC = 1; // Null: the body has come to its end.
const int _VALUE = 4;

_resume(Function body, List state, value, bool throwsIt, stackTrace) native "Suspended_resume";

// Found by the compiler.
Future _startAsync(Function body) => new _AsyncRun(body).start();

class _AsyncRun {
  final Function _body;
  final List _state = new List(_STATE_WORDS);
  final _Future _future = new _Future();
  _AwaitListener _listener; // Outside of zones: the same for each `await`.

  _AsyncRun(this._body);

  // A body that is never left has ended now, and so has its future. An error comes later, so that
  // whoever is given the future can listen to it.
  Future start() {
    try {
      _after(_body(_state));
    } catch (error, stackTrace) {
      var had = _asZoneHas(error, stackTrace);
      _future._failLater(had.error, had.stackTrace);
    }
    return _future;
  }

  // To the next `await`, or to the end. Tells nobody: whoever resumes the body does.
  void _goOn(value, bool throwsIt, stackTrace) {
    try {
      _after(_resume(_body, _state, value, throwsIt, stackTrace));
    } catch (error, stackTrace) {
      var had = _asZoneHas(error, stackTrace);
      _future._setError(had.error, had.stackTrace);
    }
  }

  void _after(result) {
    if (_state[_PC] == null) {
      _future._decide(result);
    } else {
      _await(_state[_VALUE]);
    }
  }

  void _await(value) {
    if (value is _Future) {
      if (_listener == null || _current != null) {
        _listener = new _AwaitListener(_future, (result) {
          _goOn(result, false, null);
        }, (error, stackTrace) {
          _goOn(error, true, stackTrace);
        });
      }
      value._listen(_listener);
    } else if (value is Future) {
      // A class of the program that implements Future.
      value.then((result) {
        _goOn(result, false, null);
        _future._announce();
      }, onError: (error, stackTrace) {
        _goOn(error, true, stackTrace);
        _future._announce();
      });
    } else {
      scheduleMicrotask(() {
        _goOn(value, false, null);
        _future._announce();
      });
    }
  }
}

// Its `result` is the future of the body that waits. So whoever delivers goes on with that one's
// listeners, and a long row of bodies that wait for each other needs no deep stack.
class _AwaitListener extends _Listener {
  _AwaitListener(_Future future, Function onValue, Function onError)
      : super.into(future, onValue, onError);

  // The callbacks decide what `result` will be, or have another `await` wait.
  void _pass(_Future source) {
    var zone = result._zone;
    if (source._state == _Future._VALUE) {
      _callUnaryIn(zone, onValue, source._result);
    } else {
      _callErrorIn(zone, onError, source._result, source._stackTrace);
    }
  }
}
