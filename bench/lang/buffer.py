import io


def main():
    length = 0
    for _ in range(10):
        buffer = io.StringIO()
        for _ in range(20000):
            buffer.write("some text ")
        length += len(buffer.getvalue())
    print(length)


main()
