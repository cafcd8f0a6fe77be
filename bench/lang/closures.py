def main():
    total = 0

    def add(x):
        nonlocal total
        total += x

    for i in range(1000000):
        add(i)
    print(total)


main()
