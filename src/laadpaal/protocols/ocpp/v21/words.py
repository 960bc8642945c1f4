"""The words of OCPP 2.1; made by scripts/messages from the official schemas."""

from __future__ import annotations

from enum import Enum


class APNAuthentication(Enum):
    PAP = "PAP"
    CHAP = "CHAP"
    NONE = "NONE"
    AUTO = "AUTO"


class Attribute(Enum):
    Actual = "Actual"
    Target = "Target"
    MinSet = "MinSet"
    MaxSet = "MaxSet"


class AuthorizationStatus(Enum):
    Accepted = "Accepted"
    Blocked = "Blocked"
    ConcurrentTx = "ConcurrentTx"
    Expired = "Expired"
    Invalid = "Invalid"
    NoCredit = "NoCredit"
    NotAllowedTypeEVSE = "NotAllowedTypeEVSE"
    NotAtThisLocation = "NotAtThisLocation"
    NotAtThisTime = "NotAtThisTime"
    Unknown = "Unknown"


class AuthorizeCertificateStatus(Enum):
    Accepted = "Accepted"
    SignatureError = "SignatureError"
    CertificateExpired = "CertificateExpired"
    CertificateRevoked = "CertificateRevoked"
    NoCertificateAvailable = "NoCertificateAvailable"
    CertChainError = "CertChainError"
    ContractCancelled = "ContractCancelled"


class BatterySwapEvent(Enum):
    BatteryIn = "BatteryIn"
    BatteryOut = "BatteryOut"
    BatteryOutTimeout = "BatteryOutTimeout"


class BootReason(Enum):
    ApplicationReset = "ApplicationReset"
    FirmwareUpdate = "FirmwareUpdate"
    LocalReset = "LocalReset"
    PowerUp = "PowerUp"
    RemoteReset = "RemoteReset"
    ScheduledReset = "ScheduledReset"
    Triggered = "Triggered"
    Unknown = "Unknown"
    Watchdog = "Watchdog"


class CancelReservationStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class CertificateAction(Enum):
    Install = "Install"
    Update = "Update"


class CertificateSignedStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class CertificateSigningUse(Enum):
    ChargingStationCertificate = "ChargingStationCertificate"
    V2GCertificate = "V2GCertificate"
    V2G20Certificate = "V2G20Certificate"


class CertificateStatusEnum(Enum):
    Good = "Good"
    Revoked = "Revoked"
    Unknown = "Unknown"
    Failed = "Failed"


class CertificateStatusSource(Enum):
    CRL = "CRL"
    OCSP = "OCSP"


class ChangeAvailabilityStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Scheduled = "Scheduled"


class ChargingProfileKind(Enum):
    Absolute = "Absolute"
    Recurring = "Recurring"
    Relative = "Relative"
    Dynamic = "Dynamic"


class ChargingProfilePurpose(Enum):
    ChargingStationExternalConstraints = "ChargingStationExternalConstraints"
    ChargingStationMaxProfile = "ChargingStationMaxProfile"
    TxDefaultProfile = "TxDefaultProfile"
    TxProfile = "TxProfile"
    PriorityCharging = "PriorityCharging"
    LocalGeneration = "LocalGeneration"


class ChargingProfileStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class ChargingRateUnit(Enum):
    W = "W"
    A = "A"


class ChargingState(Enum):
    EVConnected = "EVConnected"
    Charging = "Charging"
    SuspendedEV = "SuspendedEV"
    SuspendedEVSE = "SuspendedEVSE"
    Idle = "Idle"


class ClearCacheStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class ClearChargingProfileStatus(Enum):
    Accepted = "Accepted"
    Unknown = "Unknown"


class ClearMessageStatus(Enum):
    Accepted = "Accepted"
    Unknown = "Unknown"
    Rejected = "Rejected"


class ClearMonitoringStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NotFound = "NotFound"


class ComponentCriterion(Enum):
    Active = "Active"
    Available = "Available"
    Enabled = "Enabled"
    Problem = "Problem"


class ConnectorStatus(Enum):
    Available = "Available"
    Occupied = "Occupied"
    Reserved = "Reserved"
    Unavailable = "Unavailable"
    Faulted = "Faulted"


class ControlMode(Enum):
    ScheduledControl = "ScheduledControl"
    DynamicControl = "DynamicControl"


class CostDimensionEnum(Enum):
    Energy = "Energy"
    MaxCurrent = "MaxCurrent"
    MinCurrent = "MinCurrent"
    MaxPower = "MaxPower"
    MinPower = "MinPower"
    IdleTIme = "IdleTIme"
    ChargingTime = "ChargingTime"


class CostKind(Enum):
    CarbonDioxideEmission = "CarbonDioxideEmission"
    RelativePricePercentage = "RelativePricePercentage"
    RenewableGenerationPercentage = "RenewableGenerationPercentage"


class CustomerInformationStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Invalid = "Invalid"


class DERControl(Enum):
    EnterService = "EnterService"
    FreqDroop = "FreqDroop"
    FreqWatt = "FreqWatt"
    FixedPFAbsorb = "FixedPFAbsorb"
    FixedPFInject = "FixedPFInject"
    FixedVar = "FixedVar"
    Gradients = "Gradients"
    HFMustTrip = "HFMustTrip"
    HFMayTrip = "HFMayTrip"
    HVMustTrip = "HVMustTrip"
    HVMomCess = "HVMomCess"
    HVMayTrip = "HVMayTrip"
    LimitMaxDischarge = "LimitMaxDischarge"
    LFMustTrip = "LFMustTrip"
    LVMustTrip = "LVMustTrip"
    LVMomCess = "LVMomCess"
    LVMayTrip = "LVMayTrip"
    PowerMonitoringMustTrip = "PowerMonitoringMustTrip"
    VoltVar = "VoltVar"
    VoltWatt = "VoltWatt"
    WattPF = "WattPF"
    WattVar = "WattVar"


class DERControlStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NotSupported = "NotSupported"
    NotFound = "NotFound"


class DERUnit(Enum):
    Not_Applicable = "Not_Applicable"
    PctMaxW = "PctMaxW"
    PctMaxVar = "PctMaxVar"
    PctWAvail = "PctWAvail"
    PctVarAvail = "PctVarAvail"
    PctEffectiveV = "PctEffectiveV"


class Data(Enum):
    string = "string"
    decimal = "decimal"
    integer = "integer"
    dateTime = "dateTime"
    boolean = "boolean"
    OptionList = "OptionList"
    SequenceList = "SequenceList"
    MemberList = "MemberList"


class DataTransferStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    UnknownMessageId = "UnknownMessageId"
    UnknownVendorId = "UnknownVendorId"


class DayOfWeek(Enum):
    Monday = "Monday"
    Tuesday = "Tuesday"
    Wednesday = "Wednesday"
    Thursday = "Thursday"
    Friday = "Friday"
    Saturday = "Saturday"
    Sunday = "Sunday"


class DeleteCertificateStatus(Enum):
    Accepted = "Accepted"
    Failed = "Failed"
    NotFound = "NotFound"


class DisplayMessageStatus(Enum):
    Accepted = "Accepted"
    NotSupportedMessageFormat = "NotSupportedMessageFormat"
    Rejected = "Rejected"
    NotSupportedPriority = "NotSupportedPriority"
    NotSupportedState = "NotSupportedState"
    UnknownTransaction = "UnknownTransaction"
    LanguageNotSupported = "LanguageNotSupported"


class EnergyTransferMode(Enum):
    AC_single_phase = "AC_single_phase"
    AC_two_phase = "AC_two_phase"
    AC_three_phase = "AC_three_phase"
    DC = "DC"
    AC_BPT = "AC_BPT"
    AC_BPT_DER = "AC_BPT_DER"
    AC_DER = "AC_DER"
    DC_BPT = "DC_BPT"
    DC_ACDP = "DC_ACDP"
    DC_ACDP_BPT = "DC_ACDP_BPT"
    WPT = "WPT"


class EventNotification(Enum):
    HardWiredNotification = "HardWiredNotification"
    HardWiredMonitor = "HardWiredMonitor"
    PreconfiguredMonitor = "PreconfiguredMonitor"
    CustomMonitor = "CustomMonitor"


class EventTrigger(Enum):
    Alerting = "Alerting"
    Delta = "Delta"
    Periodic = "Periodic"


class EvseKind(Enum):
    AC = "AC"
    DC = "DC"


class FirmwareStatus(Enum):
    Downloaded = "Downloaded"
    DownloadFailed = "DownloadFailed"
    Downloading = "Downloading"
    DownloadScheduled = "DownloadScheduled"
    DownloadPaused = "DownloadPaused"
    Idle = "Idle"
    InstallationFailed = "InstallationFailed"
    Installing = "Installing"
    Installed = "Installed"
    InstallRebooting = "InstallRebooting"
    InstallScheduled = "InstallScheduled"
    InstallVerificationFailed = "InstallVerificationFailed"
    InvalidSignature = "InvalidSignature"
    SignatureVerified = "SignatureVerified"


class GenericDeviceModelStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NotSupported = "NotSupported"
    EmptyResultSet = "EmptyResultSet"


class GenericStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class GetCertificateIdUse(Enum):
    V2GRootCertificate = "V2GRootCertificate"
    MORootCertificate = "MORootCertificate"
    CSMSRootCertificate = "CSMSRootCertificate"
    V2GCertificateChain = "V2GCertificateChain"
    ManufacturerRootCertificate = "ManufacturerRootCertificate"
    OEMRootCertificate = "OEMRootCertificate"


class GetCertificateStatusEnum(Enum):
    Accepted = "Accepted"
    Failed = "Failed"


class GetChargingProfileStatus(Enum):
    Accepted = "Accepted"
    NoProfiles = "NoProfiles"


class GetDisplayMessagesStatus(Enum):
    Accepted = "Accepted"
    Unknown = "Unknown"


class GetInstalledCertificateStatus(Enum):
    Accepted = "Accepted"
    NotFound = "NotFound"


class GetVariableStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    UnknownComponent = "UnknownComponent"
    UnknownVariable = "UnknownVariable"
    NotSupportedAttributeType = "NotSupportedAttributeType"


class GridEventFault(Enum):
    CurrentImbalance = "CurrentImbalance"
    LocalEmergency = "LocalEmergency"
    LowInputPower = "LowInputPower"
    OverCurrent = "OverCurrent"
    OverFrequency = "OverFrequency"
    OverVoltage = "OverVoltage"
    PhaseRotation = "PhaseRotation"
    RemoteEmergency = "RemoteEmergency"
    UnderFrequency = "UnderFrequency"
    UnderVoltage = "UnderVoltage"
    VoltageImbalance = "VoltageImbalance"


class HashAlgorithm(Enum):
    SHA256 = "SHA256"
    SHA384 = "SHA384"
    SHA512 = "SHA512"


class InstallCertificateStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Failed = "Failed"


class InstallCertificateUse(Enum):
    V2GRootCertificate = "V2GRootCertificate"
    MORootCertificate = "MORootCertificate"
    ManufacturerRootCertificate = "ManufacturerRootCertificate"
    CSMSRootCertificate = "CSMSRootCertificate"
    OEMRootCertificate = "OEMRootCertificate"


class IslandingDetection(Enum):
    NoAntiIslandingSupport = "NoAntiIslandingSupport"
    RoCoF = "RoCoF"
    UVP_OVP = "UVP_OVP"
    UFP_OFP = "UFP_OFP"
    VoltageVectorShift = "VoltageVectorShift"
    ZeroCrossingDetection = "ZeroCrossingDetection"
    OtherPassive = "OtherPassive"
    ImpedanceMeasurement = "ImpedanceMeasurement"
    ImpedanceAtFrequency = "ImpedanceAtFrequency"
    SlipModeFrequencyShift = "SlipModeFrequencyShift"
    SandiaFrequencyShift = "SandiaFrequencyShift"
    SandiaVoltageShift = "SandiaVoltageShift"
    FrequencyJump = "FrequencyJump"
    RCLQFactor = "RCLQFactor"
    OtherActive = "OtherActive"


class Iso15118EVCertificateStatus(Enum):
    Accepted = "Accepted"
    Failed = "Failed"


class Location(Enum):
    Body = "Body"
    Cable = "Cable"
    EV = "EV"
    Inlet = "Inlet"
    Outlet = "Outlet"
    Upstream = "Upstream"


class Log(Enum):
    DiagnosticsLog = "DiagnosticsLog"
    SecurityLog = "SecurityLog"
    DataCollectorLog = "DataCollectorLog"


class LogStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    AcceptedCanceled = "AcceptedCanceled"


class Measurand(Enum):
    Current_Export = "Current.Export"
    Current_Export_Offered = "Current.Export.Offered"
    Current_Export_Minimum = "Current.Export.Minimum"
    Current_Import = "Current.Import"
    Current_Import_Offered = "Current.Import.Offered"
    Current_Import_Minimum = "Current.Import.Minimum"
    Current_Offered = "Current.Offered"
    Display_PresentSOC = "Display.PresentSOC"
    Display_MinimumSOC = "Display.MinimumSOC"
    Display_TargetSOC = "Display.TargetSOC"
    Display_MaximumSOC = "Display.MaximumSOC"
    Display_RemainingTimeToMinimumSOC = "Display.RemainingTimeToMinimumSOC"
    Display_RemainingTimeToTargetSOC = "Display.RemainingTimeToTargetSOC"
    Display_RemainingTimeToMaximumSOC = "Display.RemainingTimeToMaximumSOC"
    Display_ChargingComplete = "Display.ChargingComplete"
    Display_BatteryEnergyCapacity = "Display.BatteryEnergyCapacity"
    Display_InletHot = "Display.InletHot"
    Energy_Active_Export_Interval = "Energy.Active.Export.Interval"
    Energy_Active_Export_Register = "Energy.Active.Export.Register"
    Energy_Active_Import_Interval = "Energy.Active.Import.Interval"
    Energy_Active_Import_Register = "Energy.Active.Import.Register"
    Energy_Active_Import_CableLoss = "Energy.Active.Import.CableLoss"
    Energy_Active_Import_LocalGeneration_Register = "Energy.Active.Import.LocalGeneration.Register"
    Energy_Active_Net = "Energy.Active.Net"
    Energy_Active_Setpoint_Interval = "Energy.Active.Setpoint.Interval"
    Energy_Apparent_Export = "Energy.Apparent.Export"
    Energy_Apparent_Import = "Energy.Apparent.Import"
    Energy_Apparent_Net = "Energy.Apparent.Net"
    Energy_Reactive_Export_Interval = "Energy.Reactive.Export.Interval"
    Energy_Reactive_Export_Register = "Energy.Reactive.Export.Register"
    Energy_Reactive_Import_Interval = "Energy.Reactive.Import.Interval"
    Energy_Reactive_Import_Register = "Energy.Reactive.Import.Register"
    Energy_Reactive_Net = "Energy.Reactive.Net"
    EnergyRequest_Target = "EnergyRequest.Target"
    EnergyRequest_Minimum = "EnergyRequest.Minimum"
    EnergyRequest_Maximum = "EnergyRequest.Maximum"
    EnergyRequest_Minimum_V2X = "EnergyRequest.Minimum.V2X"
    EnergyRequest_Maximum_V2X = "EnergyRequest.Maximum.V2X"
    EnergyRequest_Bulk = "EnergyRequest.Bulk"
    Frequency = "Frequency"
    Power_Active_Export = "Power.Active.Export"
    Power_Active_Import = "Power.Active.Import"
    Power_Active_Setpoint = "Power.Active.Setpoint"
    Power_Active_Residual = "Power.Active.Residual"
    Power_Export_Minimum = "Power.Export.Minimum"
    Power_Export_Offered = "Power.Export.Offered"
    Power_Factor = "Power.Factor"
    Power_Import_Offered = "Power.Import.Offered"
    Power_Import_Minimum = "Power.Import.Minimum"
    Power_Offered = "Power.Offered"
    Power_Reactive_Export = "Power.Reactive.Export"
    Power_Reactive_Import = "Power.Reactive.Import"
    SoC = "SoC"
    Voltage = "Voltage"
    Voltage_Minimum = "Voltage.Minimum"
    Voltage_Maximum = "Voltage.Maximum"


class MessageFormat(Enum):
    ASCII = "ASCII"
    HTML = "HTML"
    URI = "URI"
    UTF8 = "UTF8"
    QRCODE = "QRCODE"


class MessagePriority(Enum):
    AlwaysFront = "AlwaysFront"
    InFront = "InFront"
    NormalCycle = "NormalCycle"


class MessageState(Enum):
    Charging = "Charging"
    Faulted = "Faulted"
    Idle = "Idle"
    Unavailable = "Unavailable"
    Suspended = "Suspended"
    Discharging = "Discharging"


class MessageTrigger(Enum):
    BootNotification = "BootNotification"
    LogStatusNotification = "LogStatusNotification"
    FirmwareStatusNotification = "FirmwareStatusNotification"
    Heartbeat = "Heartbeat"
    MeterValues = "MeterValues"
    SignChargingStationCertificate = "SignChargingStationCertificate"
    SignV2GCertificate = "SignV2GCertificate"
    SignV2G20Certificate = "SignV2G20Certificate"
    StatusNotification = "StatusNotification"
    TransactionEvent = "TransactionEvent"
    SignCombinedCertificate = "SignCombinedCertificate"
    PublishFirmwareStatusNotification = "PublishFirmwareStatusNotification"
    CustomTrigger = "CustomTrigger"


class MobilityNeedsMode(Enum):
    EVCC = "EVCC"
    EVCC_SECC = "EVCC_SECC"


class Monitor(Enum):
    UpperThreshold = "UpperThreshold"
    LowerThreshold = "LowerThreshold"
    Delta = "Delta"
    Periodic = "Periodic"
    PeriodicClockAligned = "PeriodicClockAligned"
    TargetDelta = "TargetDelta"
    TargetDeltaRelative = "TargetDeltaRelative"


class MonitoringBase(Enum):
    All = "All"
    FactoryDefault = "FactoryDefault"
    HardWiredOnly = "HardWiredOnly"


class MonitoringCriterion(Enum):
    ThresholdMonitoring = "ThresholdMonitoring"
    DeltaMonitoring = "DeltaMonitoring"
    PeriodicMonitoring = "PeriodicMonitoring"


class Mutability(Enum):
    ReadOnly = "ReadOnly"
    WriteOnly = "WriteOnly"
    ReadWrite = "ReadWrite"


class NotifyAllowedEnergyTransferStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class NotifyEVChargingNeedsStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Processing = "Processing"
    NoChargingProfile = "NoChargingProfile"


class OCPPInterface(Enum):
    Wired0 = "Wired0"
    Wired1 = "Wired1"
    Wired2 = "Wired2"
    Wired3 = "Wired3"
    Wireless0 = "Wireless0"
    Wireless1 = "Wireless1"
    Wireless2 = "Wireless2"
    Wireless3 = "Wireless3"
    Any = "Any"


class OCPPTransport(Enum):
    SOAP = "SOAP"
    JSON = "JSON"


class OCPPVersion(Enum):
    OCPP12 = "OCPP12"
    OCPP15 = "OCPP15"
    OCPP16 = "OCPP16"
    OCPP20 = "OCPP20"
    OCPP201 = "OCPP201"
    OCPP21 = "OCPP21"


class OperationMode(Enum):
    Idle = "Idle"
    ChargingOnly = "ChargingOnly"
    CentralSetpoint = "CentralSetpoint"
    ExternalSetpoint = "ExternalSetpoint"
    ExternalLimits = "ExternalLimits"
    CentralFrequency = "CentralFrequency"
    LocalFrequency = "LocalFrequency"
    LocalLoadBalancing = "LocalLoadBalancing"


class OperationalStatus(Enum):
    Inoperative = "Inoperative"
    Operative = "Operative"


class PaymentStatus(Enum):
    Settled = "Settled"
    Canceled = "Canceled"
    Rejected = "Rejected"
    Failed = "Failed"


class Phase(Enum):
    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    N = "N"
    L1_N = "L1-N"
    L2_N = "L2-N"
    L3_N = "L3-N"
    L1_L2 = "L1-L2"
    L2_L3 = "L2-L3"
    L3_L1 = "L3-L1"


class PowerDuringCessation(Enum):
    Active = "Active"
    Reactive = "Reactive"


class PreconditioningStatus(Enum):
    Unknown = "Unknown"
    Ready = "Ready"
    NotReady = "NotReady"
    Preconditioning = "Preconditioning"


class PriorityChargingStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NoProfile = "NoProfile"


class PublishFirmwareStatus(Enum):
    Idle = "Idle"
    DownloadScheduled = "DownloadScheduled"
    Downloading = "Downloading"
    Downloaded = "Downloaded"
    Published = "Published"
    DownloadFailed = "DownloadFailed"
    DownloadPaused = "DownloadPaused"
    InvalidChecksum = "InvalidChecksum"
    ChecksumVerified = "ChecksumVerified"
    PublishFailed = "PublishFailed"


class ReadingContext(Enum):
    Interruption_Begin = "Interruption.Begin"
    Interruption_End = "Interruption.End"
    Other = "Other"
    Sample_Clock = "Sample.Clock"
    Sample_Periodic = "Sample.Periodic"
    Transaction_Begin = "Transaction.Begin"
    Transaction_End = "Transaction.End"
    Trigger = "Trigger"


class Reason(Enum):
    DeAuthorized = "DeAuthorized"
    EmergencyStop = "EmergencyStop"
    EnergyLimitReached = "EnergyLimitReached"
    EVDisconnected = "EVDisconnected"
    GroundFault = "GroundFault"
    ImmediateReset = "ImmediateReset"
    MasterPass = "MasterPass"
    Local = "Local"
    LocalOutOfCredit = "LocalOutOfCredit"
    Other = "Other"
    OvercurrentFault = "OvercurrentFault"
    PowerLoss = "PowerLoss"
    PowerQuality = "PowerQuality"
    Reboot = "Reboot"
    Remote = "Remote"
    SOCLimitReached = "SOCLimitReached"
    StoppedByEV = "StoppedByEV"
    TimeLimitReached = "TimeLimitReached"
    Timeout = "Timeout"
    ReqEnergyTransferRejected = "ReqEnergyTransferRejected"


class RecurrencyKind(Enum):
    Daily = "Daily"
    Weekly = "Weekly"


class RegistrationStatus(Enum):
    Accepted = "Accepted"
    Pending = "Pending"
    Rejected = "Rejected"


class ReportBase(Enum):
    ConfigurationInventory = "ConfigurationInventory"
    FullInventory = "FullInventory"
    SummaryInventory = "SummaryInventory"


class RequestStartStopStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"


class ReservationUpdateStatus(Enum):
    Expired = "Expired"
    Removed = "Removed"
    NoTransaction = "NoTransaction"


class ReserveNowStatus(Enum):
    Accepted = "Accepted"
    Faulted = "Faulted"
    Occupied = "Occupied"
    Rejected = "Rejected"
    Unavailable = "Unavailable"


class ResetEnum(Enum):
    Immediate = "Immediate"
    OnIdle = "OnIdle"
    ImmediateAndResume = "ImmediateAndResume"


class ResetStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Scheduled = "Scheduled"


class SendLocalListStatus(Enum):
    Accepted = "Accepted"
    Failed = "Failed"
    VersionMismatch = "VersionMismatch"


class SetMonitoringStatus(Enum):
    Accepted = "Accepted"
    UnknownComponent = "UnknownComponent"
    UnknownVariable = "UnknownVariable"
    UnsupportedMonitorType = "UnsupportedMonitorType"
    Rejected = "Rejected"
    Duplicate = "Duplicate"


class SetNetworkProfileStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    Failed = "Failed"


class SetVariableStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    UnknownComponent = "UnknownComponent"
    UnknownVariable = "UnknownVariable"
    NotSupportedAttributeType = "NotSupportedAttributeType"
    RebootRequired = "RebootRequired"


class TariffChangeStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    TooManyElements = "TooManyElements"
    ConditionNotSupported = "ConditionNotSupported"
    TxNotFound = "TxNotFound"
    NoCurrencyChange = "NoCurrencyChange"


class TariffClearStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NoTariff = "NoTariff"


class TariffCost(Enum):
    NormalCost = "NormalCost"
    MinCost = "MinCost"
    MaxCost = "MaxCost"


class TariffGetStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NoTariff = "NoTariff"


class TariffKind(Enum):
    DefaultTariff = "DefaultTariff"
    DriverTariff = "DriverTariff"


class TariffSetStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    TooManyElements = "TooManyElements"
    ConditionNotSupported = "ConditionNotSupported"
    DuplicateTariffId = "DuplicateTariffId"


class TransactionEventEnum(Enum):
    Ended = "Ended"
    Started = "Started"
    Updated = "Updated"


class TriggerMessageStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    NotImplemented = "NotImplemented"


class TriggerReason(Enum):
    AbnormalCondition = "AbnormalCondition"
    Authorized = "Authorized"
    CablePluggedIn = "CablePluggedIn"
    ChargingRateChanged = "ChargingRateChanged"
    ChargingStateChanged = "ChargingStateChanged"
    CostLimitReached = "CostLimitReached"
    Deauthorized = "Deauthorized"
    EnergyLimitReached = "EnergyLimitReached"
    EVCommunicationLost = "EVCommunicationLost"
    EVConnectTimeout = "EVConnectTimeout"
    EVDeparted = "EVDeparted"
    EVDetected = "EVDetected"
    LimitSet = "LimitSet"
    MeterValueClock = "MeterValueClock"
    MeterValuePeriodic = "MeterValuePeriodic"
    OperationModeChanged = "OperationModeChanged"
    RemoteStart = "RemoteStart"
    RemoteStop = "RemoteStop"
    ResetCommand = "ResetCommand"
    RunningCost = "RunningCost"
    SignedDataReceived = "SignedDataReceived"
    SoCLimitReached = "SoCLimitReached"
    StopAuthorized = "StopAuthorized"
    TariffChanged = "TariffChanged"
    TariffNotAccepted = "TariffNotAccepted"
    TimeLimitReached = "TimeLimitReached"
    Trigger = "Trigger"
    TxResumed = "TxResumed"
    UnlockCommand = "UnlockCommand"


class UnlockStatus(Enum):
    Unlocked = "Unlocked"
    UnlockFailed = "UnlockFailed"
    OngoingAuthorizedTransaction = "OngoingAuthorizedTransaction"
    UnknownConnector = "UnknownConnector"


class UnpublishFirmwareStatus(Enum):
    DownloadOngoing = "DownloadOngoing"
    NoFirmware = "NoFirmware"
    Unpublished = "Unpublished"


class Update(Enum):
    Differential = "Differential"
    Full = "Full"


class UpdateFirmwareStatus(Enum):
    Accepted = "Accepted"
    Rejected = "Rejected"
    AcceptedCanceled = "AcceptedCanceled"
    InvalidCertificate = "InvalidCertificate"
    RevokedCertificate = "RevokedCertificate"


class UploadLogStatus(Enum):
    BadMessage = "BadMessage"
    Idle = "Idle"
    NotSupportedOperation = "NotSupportedOperation"
    PermissionDenied = "PermissionDenied"
    Uploaded = "Uploaded"
    UploadFailure = "UploadFailure"
    Uploading = "Uploading"
    AcceptedCanceled = "AcceptedCanceled"


class VPNEnum(Enum):
    IKEv2 = "IKEv2"
    IPSec = "IPSec"
    L2TP = "L2TP"
    PPTP = "PPTP"
