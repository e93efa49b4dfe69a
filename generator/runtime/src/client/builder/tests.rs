use super::*;
use crate::api::Credential;
use crate::example::API;

fn builder() -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&API, "key_1".into())
}

#[track_caller]
fn rejected(builder: ClientBuilder<Client>, expected: &[&str]) {
    match builder.build() {
        Err(Error::Config { problems }) => assert_eq!(problems, expected),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_problem_is_reported_at_once() {
    rejected(
        ClientBuilder::<Client>::new(&API, "".into()).base_url("x").timeout(Duration::ZERO).max_response_bytes(0),
        &[
            "the API key is empty",
            "the base URL is not a URL (relative URL without a base)",
            "the timeout must be greater than zero",
            "the response limit must be greater than zero",
        ],
    );
    rejected(
        builder().extra_header("authorization", "x").extra_header("x-one", "a\nb").extra_header("", "x"),
        &[
            "the header `authorization` is set by the client",
            "the header `x-one` must contain only printable ASCII characters",
            "the header `extra_header` must be a valid header name",
        ],
    );
    rejected(
        builder().http_client(reqwest::Client::new()).connect_timeout(Duration::from_secs(1)),
        &["set the connect timeout on your own HTTP client"],
    );
}

#[test]
fn a_user_name_has_no_colon() {
    let named = |user: &str, password: &str| ClientBuilder::<Client>::with_password(&API, user, password);
    rejected(named("a:b", "c"), &["the user name must not contain a colon, which separates it from the password"]);
    assert!(named("a", "b:c").build().is_ok());
}

#[test]
fn the_environment() {
    let set = |name: &str| match name {
        "EXAMPLE_KEY" => Ok("key_1".to_owned()),
        "EXAMPLE_URL" => Ok("http://localhost:9/v2/".to_owned()),
        _ => Err(VarError::NotPresent),
    };
    let client = ClientBuilder::<Client>::from_variables(&API, set).build().unwrap();
    assert_eq!(client.base_url(), "http://localhost:9/v2");
    rejected(
        ClientBuilder::<Client>::from_variables(&API, |_| Err(VarError::NotPresent)),
        &["the environment variable EXAMPLE_KEY is not set"],
    );
    rejected(
        ClientBuilder::<Client>::from_variables(&API, |_| Err(VarError::NotUnicode("x".into()))),
        &[
            "the environment variable EXAMPLE_KEY is not valid UTF-8",
            "the environment variable EXAMPLE_URL is not valid UTF-8",
        ],
    );
    let half = |name: &str| match name {
        "EXAMPLE_KEY" => Ok(String::new()),
        _ => Err(VarError::NotUnicode("x".into())),
    };
    rejected(
        ClientBuilder::<Client>::from_variables(&API, half),
        &["the environment variable EXAMPLE_URL is not valid UTF-8", "the API key is empty"],
    );
}

/// Each of several keys has its own environment variable.
#[test]
fn several_keys_of_the_environment() {
    const KEYS: Auth = Auth::Together(&[
        Credential { variable: "K_APP", auth: Auth::Header("x-app") },
        Credential { variable: "K_KEY", auth: Auth::Bearer },
    ]);
    static SEVERAL: ApiSpec = ApiSpec { auth: KEYS, ..API };
    let set = |name: &str| if name == "EXAMPLE_URL" { Err(VarError::NotPresent) } else { Ok(name.to_lowercase()) };
    assert!(ClientBuilder::<Client>::from_variables(&SEVERAL, set).build().is_ok());
    rejected(
        ClientBuilder::<Client>::from_variables(&SEVERAL, |_| Err(VarError::NotPresent)),
        &["the environment variable K_APP is not set", "the environment variable K_KEY is not set"],
    );
}

#[test]
fn debug_output_does_not_contain_the_key() {
    let client = builder().build().unwrap();
    for debug in [format!("{:?}", builder()), format!("{client:?}"), format!("{client:#?}")] {
        assert!(!debug.contains("key_1"), "{debug}");
    }
}
