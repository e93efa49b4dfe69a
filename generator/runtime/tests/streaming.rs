//! Bodies that are sent and received piece by piece, on real sockets.

mod streaming {
    mod api;
    mod downloads;
    mod events;
    mod lines;
    mod server;
    mod uploads;
}
