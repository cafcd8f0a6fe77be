def main():
    length = 0
    for _ in range(20):
        text = ""
        for i in range(5000):
            text += "x" + str(i)
        length += len(text)
    print(length)


main()
