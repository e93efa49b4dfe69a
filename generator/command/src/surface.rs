//! The command line of an API, resolved from a [`Program`] and its `ApiSpec`: groups, subcommands, arguments and
//! responses.

use clientsmith_runtime::api::{
    ApiSpec, Envelope, Field, Kind, Location, Media, Operation, Output, Parameter, Rule, Safety,
};
use clientsmith_runtime::mock::spec::MockSpec;

use crate::program::{self, Prepare, Program, Webhooks};

/// The command line of an API.
pub(crate) struct Surface {
    /// The name and version of the program.
    pub(crate) program: &'static str,
    pub(crate) program_version: &'static str,
    /// The title of the API.
    pub(crate) title: &'static str,
    pub(crate) api_version: &'static str,
    pub(crate) spec_hash: &'static str,
    /// The documentation of API keys.
    pub(crate) key_docs: &'static str,
    /// The API and its mock server's objects and lists.
    pub(crate) spec: &'static MockSpec,
    pub(crate) groups: &'static [Group],
    pub(crate) webhooks: Option<&'static Webhooks>,
}

pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) subcommands: &'static [Subcommand],
}

/// A subcommand that calls an operation.
pub(crate) struct Subcommand {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
    /// Method and path, such as `GET /things`.
    pub(crate) route: String,
    pub(crate) about: &'static str,
    pub(crate) details: &'static str,
    /// Parameters in the order of the document, then the fields of the body.
    pub(crate) arguments: Vec<Argument>,
    pub(crate) body: BodyFormat,
    pub(crate) response: ResponseBody,
    pub(crate) prepare: Prepare,
}

/// An argument for a parameter or a body field.
pub(crate) struct Argument {
    /// The name in requests.
    pub(crate) wire: &'static str,
    /// The name on the command line: an option, or a positional argument for a path parameter.
    pub(crate) name: &'static str,
    pub(crate) role: Role,
    pub(crate) kind: Kind,
    pub(crate) help: &'static str,
    pub(crate) required: bool,
    pub(crate) rules: &'static [Rule],
    /// The API's default, as JSON.
    pub(crate) default: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Path,
    Parameter,
    Field,
}

/// The form of a request body on the command line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFormat {
    None,
    /// A JSON document, or one option per field.
    Json,
    /// A file.
    File,
    /// Strings and files.
    Parts,
}

/// The body of a success response.
#[derive(Clone, Copy)]
pub(crate) enum ResponseBody {
    Empty,
    /// JSON; the value is in the property `data`, if that is set.
    Value {
        data: Option<&'static str>,
        kind: Option<Kind>,
    },
    /// A page of rows in the property `data`.
    Rows {
        data: &'static str,
        row: Kind,
    },
    /// Any other body.
    File,
}

impl Surface {
    /// Resolves a program; the result lives as long as the process.
    pub(crate) fn of(program: &'static Program) -> &'static Self {
        let groups = program.resources.iter().map(|group| Group {
            name: group.name,
            about: group.about,
            subcommands: group
                .commands
                .iter()
                .map(|command| Subcommand::of(program.api, command))
                .collect::<Vec<_>>()
                .leak(),
        });
        Box::leak(Box::new(Self {
            program: program.api.package.name,
            program_version: program.api.package.version,
            title: program.api.title,
            api_version: program.api.version,
            spec_hash: program.spec_hash,
            key_docs: program.key,
            spec: program.mock,
            groups: groups.collect::<Vec<_>>().leak(),
            webhooks: program.webhooks.as_ref(),
        }))
    }
}

impl Subcommand {
    fn of(api: &'static ApiSpec, command: &'static program::Command) -> Self {
        let operation = command.operation;
        let parameters = operation.parameters.iter().zip(command.parameters);
        let parameters = parameters.map(|(parameter, input)| Argument::of_parameter(parameter, input));
        let fields = match operation.body.map(|body| body.kind) {
            Some(Kind::Named(name)) => api.object(name).map_or(&[][..], |object| object.fields),
            _ => &[],
        };
        // If the body is optional, all fields are optional. A missing field is reported when the body is read.
        let is_required = operation.body.is_some_and(|body| body.required);
        let fields = fields.iter().zip(command.fields);
        let fields = fields.map(|(field, input)| Argument::of_field(field, input, is_required));
        Self {
            name: command.name,
            operation,
            route: format!("{} {}", operation.method, operation.path),
            about: command.about,
            details: command.details,
            arguments: parameters.chain(fields).collect(),
            body: operation.body.map_or(BodyFormat::None, |body| match body.media {
                Media::Json | Media::Form => BodyFormat::Json,
                Media::Multipart if matches!(body.kind, Kind::Named(_)) => BodyFormat::Json,
                Media::Multipart => BodyFormat::Parts,
                Media::Text | Media::Bytes => BodyFormat::File,
            }),
            response: ResponseBody::of(api.envelope, operation.output),
            prepare: command.prepare,
        }
    }

    /// Whether the operation changes nothing.
    pub(crate) fn only_reads(&self) -> bool {
        self.operation.safety == Safety::Safe
    }
}

impl ResponseBody {
    fn of(envelope: Option<Envelope>, output: Output) -> Self {
        let data = envelope.map(|envelope| envelope.data);
        match (output, data) {
            (Output::Empty, _) => Self::Empty,
            (Output::Json(kind), _) => Self::Value { data: None, kind: Some(kind) },
            (Output::Enveloped(kind), data) => Self::Value { data, kind: Some(kind) },
            (Output::Page { row, complete: true }, Some(data)) => Self::Rows { data, row },
            (Output::Page { row, .. }, data) => Self::Value { data, kind: Some(Kind::List(Box::leak(Box::new(row)))) },
            (Output::Choice, _) => Self::Value { data: None, kind: None },
            (Output::File | Output::Events(_) | Output::Lines(_), _) => Self::File,
        }
    }

    /// The type of the value or row.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::Value { kind, .. } => kind,
            Self::Rows { row, .. } => Some(row),
            Self::Empty | Self::File => None,
        }
    }
}

impl Argument {
    fn of_parameter(parameter: &'static Parameter, input: &program::Input) -> Self {
        let role = if parameter.location == Location::Path { Role::Path } else { Role::Parameter };
        let Parameter { name: wire, kind, required, rules, default, .. } = *parameter;
        Self { wire, name: input.name, role, kind, help: input.help, required, rules, default }
    }

    fn of_field(field: &'static Field, input: &program::Input, of_required: bool) -> Self {
        let Field { name: wire, kind, rules, .. } = *field;
        let required = field.required && of_required;
        Self { wire, name: input.name, role: Role::Field, kind, help: input.help, required, rules, default: None }
    }
}
