main(args, port) => port.send(args);
