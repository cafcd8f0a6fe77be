def main():
    parts = ["part" + str(i) for i in range(1000)]
    length = 0
    for _ in range(300):
        length += len(", ".join(parts))
    print(length)


main()
