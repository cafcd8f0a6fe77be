// Object, the classes of the constants, functions, types, and the functions that belong to nobody.
part of dart.core;

class Object {
  const Object();

  bool operator ==(other) native "Object_equals";

  int get hashCode native "Object_hashCode";

  String toString() native "Object_toString";

  Type get runtimeType native "Object_runtimeType";

  noSuchMethod(Invocation invocation) {
    throw new NoSuchMethodError._of(this, invocation);
  }
}

class Null {
  factory Null._() => null;
  int get hashCode => 2011;
  String toString() => "null";
}

// What an object says its class is: that one, or `said` if only the libraries know it.
Type typeSaid(object, Type said) native "Object_typeSaid";

// Of what never comes to a value.
abstract class Never {}

// What the host has declared under that name; null: nothing.
String _declared(String name) native "Environment_declaredValue";

class bool {
  factory bool._() => null;
  const factory bool.fromEnvironment(String name, {bool defaultValue: false}) {
    var value = _declared(name);
    return value == "true" ? true : value == "false" ? false : defaultValue;
  }
  const factory bool.hasEnvironment(String name) => _declared(name) != null;
  int get hashCode => this ? 1231 : 1237;
  String toString() => this ? "true" : "false";
}

typedef int Comparator<T>(T a, T b);

abstract class Comparable<T> {
  int compareTo(T other);

  static int compare(Comparable a, Comparable b) => a.compareTo(b);
}

abstract class Function {
  static apply(Function function, List positionalArguments,
      [Map<Symbol, dynamic> namedArguments]) {
    var positional = positionalArguments == null ? const [] : positionalArguments.toList();
    if (namedArguments == null || namedArguments.isEmpty) return _apply(function, positional);
    var names = [];
    var values = [];
    namedArguments.forEach((name, value) {
      names.add(name._name);
      values.add(value);
    });
    return _applyNamed(function, positional, names, values);
  }
}

_apply(Function function, List positionalArguments) native "Function_apply";
_applyNamed(Function function, List positionalArguments, List names, List values)
    native "Function_applyNamed";

class _Closure implements Function {
  factory _Closure._() => null;
  bool operator ==(other) native "Closure_equals";
  int get hashCode native "Closure_hashCode";
  String toString() native "Closure_toString";
  Type get runtimeType => Function;
}

abstract class Type {}

Type _typeOf<T>() => T;

class _Type implements Type {
  factory _Type._() => null;
  bool operator ==(other) native "Type_equals";
  int get hashCode native "Type_hashCode";
  String toString() native "Type_toString";
  Type get runtimeType => Type;
}

abstract class StackTrace {
  factory StackTrace.fromString(String text) = _TextTrace;

  // Of whoever asks.
  static StackTrace get current {
    try {
      throw const _Here();
    } catch (_, trace) {
      var lines = "$trace".split("\n");
      // The first is this getter's.
      for (var i = 1; i < lines.length; i++) {
        if (lines[i].startsWith("#")) lines[i - 1] = "#${i - 1}${lines[i].substring("#$i".length)}";
      }
      return new _TextTrace(lines.sublist(0, lines.length - 1).join("\n"));
    }
  }
}

class _Here {
  const _Here();
}

class _TextTrace implements StackTrace {
  final String _text;
  _TextTrace(this._text);
  Type get runtimeType => StackTrace;
  String toString() => _text;
}

class _StackTrace implements StackTrace {
  factory _StackTrace._() => null;
  String toString() native "StackTrace_toString";
  Type get runtimeType => StackTrace;
}

class Symbol {
  final String _name;
  const Symbol(String name) : _name = name;
  bool operator ==(other) => other is Symbol && _name == other._name;
  int get hashCode => _name.hashCode ^ 0x5a5a;
  String toString() => 'Symbol("$_name")';
}

// Of what `new Symbol` makes: the names of members, of libraries, or nothing.
Symbol _checkedSymbol(Symbol symbol) {
  var name = symbol._name;
  if (name.isEmpty) return symbol;
  if (name is! String) throw new TypeError("Symbol: argument 'name' must be a String, it is $name");
  if (_SymbolNames.pattern.hasMatch(name)) return symbol;
  throw new ArgumentError.value(name, "name", "Not a valid name of a symbol");
}

class _SymbolNames {
  static const String operators = r"[-+*/%&|^]|\[\]=?|==|~/?|<[<=]?|>[>=]?|unary-";
  static const String reserved = "assert|break|ca(?:se|tch)|class|con(?:st|tinue)|d(?:efault|o)|"
      "e(?:lse|num|xtends)|f(?:alse|inal|inally|or)|i[fns]|n(?:ew|ull)|rethrow|return|super|"
      "switch|t(?:his|hrow|rue|ry)|var|void|while|with";
  static const String identifier = "(?!(?:$reserved)(?![\\w\$]))[a-zA-Z\$][\\w\$]*";
  static final RegExp pattern =
      new RegExp("^(?:(?:$identifier\\.)*(?:$identifier=?|$operators)|void)\$");
}

// What noSuchMethod is told about the call that found no member.
abstract class Invocation {
  Symbol get memberName;
  List get positionalArguments;
  Map<Symbol, dynamic> get namedArguments;
  bool get isMethod;
  bool get isGetter;
  bool get isSetter;
  bool get isAccessor => isGetter || isSetter;
}

class _Invocation extends Invocation {
  static const int _METHOD = 0;
  static const int _GETTER = 1;
  static const int _SETTER = 2;

  final String _name;
  final int _kind;
  final List positionalArguments;
  final Map<Symbol, dynamic> namedArguments;

  _Invocation(this._name, this._kind, this.positionalArguments, this.namedArguments);

  // Setters are told apart by a trailing "=", as in mirrors.
  Symbol get memberName => new Symbol(_kind == _SETTER ? "$_name=" : _name);
  bool get isMethod => _kind == _METHOD;
  bool get isGetter => _kind == _GETTER;
  bool get isSetter => _kind == _SETTER;
}

bool identical(a, b) native "identical";

int identityHashCode(object) native "identityHashCode";

void print(object) {
  Zone.current.print(object is String ? object : "$object");
}

// What a tool is told; `@pragma("...")` is written by programs of later years.
class pragma {
  final String name;
  final Object options;
  const pragma(this.name, [this.options]);
}

class Deprecated {
  final String expires;
  const Deprecated(this.expires);
  String toString() => "Deprecated feature. Will be removed $expires";
}

class _Override {
  const _Override();
}

class _Proxy {
  const _Proxy();
}

const Deprecated deprecated = const Deprecated("next release");
const Object override = const _Override();
const Object proxy = const _Proxy();
