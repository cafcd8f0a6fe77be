main(args) => throw "thrown";
