// Types of the functions that zones and stream controllers are given.
part of dart.async;

typedef R ZoneCallback<R>();
typedef R ZoneUnaryCallback<R, T>(T argument);
typedef R ZoneBinaryCallback<R, T1, T2>(T1 first, T2 second);

typedef void HandleUncaughtErrorHandler(
    Zone self, ZoneDelegate parent, Zone zone, error, StackTrace stackTrace);
typedef R RunHandler<R>(Zone self, ZoneDelegate parent, Zone zone, R f());
typedef R RunUnaryHandler<R, T>(
    Zone self, ZoneDelegate parent, Zone zone, R f(T argument), T argument);
typedef R RunBinaryHandler<R, T1, T2>(
    Zone self, ZoneDelegate parent, Zone zone, R f(T1 first, T2 second), T1 first, T2 second);
typedef ZoneCallback<R> RegisterCallbackHandler<R>(
    Zone self, ZoneDelegate parent, Zone zone, R f());
typedef ZoneUnaryCallback<R, T> RegisterUnaryCallbackHandler<R, T>(
    Zone self, ZoneDelegate parent, Zone zone, R f(T argument));
typedef ZoneBinaryCallback<R, T1, T2> RegisterBinaryCallbackHandler<R, T1, T2>(
    Zone self, ZoneDelegate parent, Zone zone, R f(T1 first, T2 second));
typedef AsyncError ErrorCallbackHandler(
    Zone self, ZoneDelegate parent, Zone zone, Object error, StackTrace stackTrace);
typedef void ScheduleMicrotaskHandler(Zone self, ZoneDelegate parent, Zone zone, void f());
typedef Timer CreateTimerHandler(
    Zone self, ZoneDelegate parent, Zone zone, Duration duration, void f());
typedef Timer CreatePeriodicTimerHandler(
    Zone self, ZoneDelegate parent, Zone zone, Duration period, void f(Timer timer));
typedef void PrintHandler(Zone self, ZoneDelegate parent, Zone zone, String line);
typedef Zone ForkHandler(Zone self, ZoneDelegate parent, Zone zone,
    ZoneSpecification specification, Map zoneValues);

typedef void ControllerCallback();
typedef ControllerCancelCallback();

// What libraries were annotated with before `deferred as`. They are loaded with the script.
class DeferredLibrary {
  final String libraryName;
  final String uri;
  const DeferredLibrary(this.libraryName, {this.uri});
  Future<Null> load() => new Future<Null>.value(null);
}
