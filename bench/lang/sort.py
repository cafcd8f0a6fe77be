def main():
    values = []
    x = 42
    for _ in range(200000):
        x = (x * 1103515245 + 12345) & 0x7fffffff
        values.append(x)
    values.sort()
    print(values[0] + values[100000])


main()
