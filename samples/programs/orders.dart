// Reads JSON, computes with it, and writes JSON again.
import "dart:convert";

const ORDERS = '''
{"customer": {"name": "Zoë", "since": 2011},
 "orders": [
   {"article": "lamp", "price": 49.9, "count": 2, "tags": ["home", "light"]},
   {"article": "table", "price": 310, "count": 1, "tags": []},
   {"article": "pen \\"fine\\"", "price": 1.25, "count": 12, "tags": null}
 ]}
''';

class Order {
  final String article;
  final num price;
  final int count;
  final List<String> tags;

  Order(this.article, this.price, this.count, this.tags);

  factory Order.fromJson(Map json) => new Order(
      json["article"], json["price"], json["count"], json["tags"] == null ? [] : json["tags"]);

  num get total => price * count;
  Map toJson() => {"article": article, "total": total, "tagged": tags.isNotEmpty};
}

main() {
  Map data = JSON.decode(ORDERS);
  var orders = data["orders"].map((json) => new Order.fromJson(json)).toList();
  for (Order order in orders) {
    print("${order.article.padRight(10)} ${order.total.toStringAsFixed(2).padLeft(8)}");
  }
  var sum = orders.fold(0, (sum, order) => sum + order.total);
  print("${data['customer']['name']} pays ${sum.toStringAsFixed(2)}");
  print(JSON.encode(orders));
  print(new JsonEncoder.withIndent("  ").convert({"orders": orders.length, "sum": sum}));

  var dates = JSON.decode('["2013-03-01", "x"]',
      reviver: (key, value) => value is String && value.length == 10 ? DateTime.parse(value) : value);
  print("${dates[0].weekday == DateTime.FRIDAY} ${dates[1]}");
  try {
    JSON.decode('{"open": [1, 2}');
  } on FormatException catch (e) {
    print("Refused: ${e.message}");
  }
  print(UTF8.encode(data["customer"]["name"]));
  print(BASE64.encode(UTF8.encode("lamp")));
}
