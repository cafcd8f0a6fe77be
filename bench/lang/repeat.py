def main():
    length = 0
    for _ in range(10):
        length += len("a" * 10000000)
    print(length)


main()
