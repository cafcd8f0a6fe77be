class Point:
    def __init__(self):
        self.x = 0
        self.y = 0

    def move(self, dx, dy):
        self.x += dx
        self.y += dy


def main():
    point = Point()
    for i in range(1000000):
        point.move(i, 1)
    print(point.x + point.y)


main()
