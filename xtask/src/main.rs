fn main(){
 let read=|p:&str| generator::Source::new(p, std::fs::read_to_string(p).unwrap());
 let input=generator::Input{spec:read("spec/openapi.yaml"),config:read("spec/generator.toml"),samples:vec![]};
 match generator::generate(&input){Ok(f)=>for (p,t) in f.iter(){let p=format!("generated-client/src/{p}");std::fs::create_dir_all(std::path::Path::new(&p).parent().unwrap()).unwrap();std::fs::write(p,t).unwrap();},Err(e)=>for d in e{println!("{d}")}}
}
