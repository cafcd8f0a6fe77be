main( {
