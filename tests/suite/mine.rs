//! temp
mod cases; mod compiled; mod evolution; mod freshness; mod goldens; mod refusals;
fn main() -> std::process::ExitCode {
    let t=[evolution::trials(),freshness::trials(),goldens::trials(),refusals::trials()].concat_();
    libtest_mimic::run(&libtest_mimic::Arguments::from_args(), t).exit_code()
}
trait C<T>{fn concat_(self)->Vec<T>;}
impl<T> C<T> for [Vec<T>;4]{fn concat_(self)->Vec<T>{self.into_iter().flatten().collect()}}
